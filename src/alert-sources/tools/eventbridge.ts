import { readSns } from './sns-reading.ts'
import { authenticateSns } from './sns-signature.ts'
import type { Tool } from './tool.ts'

export const eventBridge: Tool = {
  id: 'eventbridge',
  otherIds: ['aws-eventbridge'],
  name: 'Amazon EventBridge',
  category: 'cloud',
  keywords: ['aws', 'amazon', 'guardduty', 'api destination', 'cloudwatch events', 'event bus'],
  resolves: true,
  about:
    'Events that a rule of EventBridge chooses. Alarms of CloudWatch and issues of AWS Health resolve themselves, other events do not.',
  setup: ({ url }) => [
    {
      text: 'Create an API destination for this address. EventBridge insists on a credential; the address carries the real one, so any value will do.',
      snippet: {
        language: 'hcl',
        caption: 'Terraform',
        code: `resource "aws_cloudwatch_event_connection" "tocsin" {
  name               = "tocsin"
  authorization_type = "API_KEY"
  auth_parameters {
    api_key {
      key   = "x-sender"
      value = "eventbridge"
    }
  }
}

resource "aws_cloudwatch_event_api_destination" "tocsin" {
  name                = "tocsin"
  invocation_endpoint = "${url}"
  http_method         = "POST"
  connection_arn      = aws_cloudwatch_event_connection.tocsin.arn
}`,
      },
    },
    {
      text: 'Send the events there that shall open incidents, for instance every change of an alarm’s state.',
      snippet: {
        language: 'hcl',
        code: `resource "aws_cloudwatch_event_rule" "alarms" {
  name = "tocsin-alarms"
  event_pattern = jsonencode({
    source        = ["aws.cloudwatch"]
    "detail-type" = ["CloudWatch Alarm State Change"]
    detail        = { state = { value = ["ALARM", "OK"] } }
  })
}

resource "aws_iam_role" "tocsin" {
  name = "tocsin-eventbridge"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "tocsin" {
  role = aws_iam_role.tocsin.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "events:InvokeApiDestination"
      Resource = aws_cloudwatch_event_api_destination.tocsin.arn
    }]
  })
}

resource "aws_cloudwatch_event_target" "tocsin" {
  rule     = aws_cloudwatch_event_rule.alarms.name
  arn      = aws_cloudwatch_event_api_destination.tocsin.arn
  role_arn = aws_iam_role.tocsin.arn
}`,
      },
    },
  ],
  read: readSns,
  authenticate: authenticateSns,
  sample: {
    body: JSON.stringify({
      version: '0',
      id: 'c4c1c1c9-6542-e61b-6ef0-8c4d36933a92',
      'detail-type': 'CloudWatch Alarm State Change',
      source: 'aws.cloudwatch',
      account: '123456789012',
      time: '2026-01-05T10:00:00Z',
      region: 'eu-west-1',
      resources: ['arn:aws:cloudwatch:eu-west-1:123456789012:alarm:web-1-cpu'],
      detail: {
        alarmName: 'web-1-cpu',
        state: {
          value: 'ALARM',
          reason: 'Threshold Crossed: 1 datapoint [97.2] was greater than the threshold (90.0).',
        },
        previousState: { value: 'OK' },
        configuration: {
          description: 'CPU of web-1 above 90 %',
          metrics: [
            {
              id: 'm1',
              metricStat: {
                metric: {
                  namespace: 'AWS/EC2',
                  name: 'CPUUtilization',
                  dimensions: { InstanceId: 'i-0123456789abcdef0' },
                },
                period: 300,
                stat: 'Average',
              },
              returnData: true,
            },
          ],
        },
      },
    }),
  },
}
