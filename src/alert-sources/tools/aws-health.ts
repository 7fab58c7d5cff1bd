import { readSns } from './sns-reading.ts'
import { authenticateSns } from './sns-signature.ts'
import { snsSteps } from './sns-steps.ts'
import type { Tool } from './tool.ts'

export const awsHealth: Tool = {
  id: 'aws-health',
  otherIds: ['awsphd', 'aws-phd'],
  name: 'AWS Health',
  category: 'cloud',
  keywords: ['aws', 'amazon', 'personal health dashboard', 'phd', 'outage', 'eventbridge'],
  resolves: true,
  about: 'Issues of AWS itself that touch your account. Maintenance and announcements are logged and open nothing.',
  setup: (address) => [
    ...snsSteps(address),
    {
      text: 'Let EventBridge pass events of AWS Health to the topic. Issues of a region are told in that region, global ones in `us-east-1`.',
      snippet: {
        language: 'hcl',
        caption: 'Terraform',
        code: `resource "aws_cloudwatch_event_rule" "health" {
  name = "tocsin-health"
  event_pattern = jsonencode({
    source        = ["aws.health"]
    "detail-type" = ["AWS Health Event"]
  })
}

resource "aws_cloudwatch_event_target" "health" {
  rule = aws_cloudwatch_event_rule.health.name
  arn  = aws_sns_topic.tocsin.arn
}

resource "aws_sns_topic_policy" "tocsin" {
  arn = aws_sns_topic.tocsin.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["events.amazonaws.com", "cloudwatch.amazonaws.com"] }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.tocsin.arn
    }]
  })
}`,
      },
    },
  ],
  read: readSns,
  authenticate: authenticateSns,
  sample: {
    body: JSON.stringify({
      version: '0',
      id: '00000000-0000-4000-8000-0000000000a1',
      'detail-type': 'AWS Health Event',
      source: 'aws.health',
      account: '123456789012',
      time: '2026-01-05T10:00:00Z',
      region: 'eu-west-1',
      resources: [],
      detail: {
        eventArn: 'arn:aws:health:eu-west-1::event/RDS/AWS_RDS_OPERATIONAL_ISSUE/AWS_RDS_OPERATIONAL_ISSUE_EXAMPLE',
        service: 'RDS',
        eventTypeCode: 'AWS_RDS_OPERATIONAL_ISSUE',
        eventTypeCategory: 'issue',
        eventScopeCode: 'PUBLIC',
        startTime: 'Mon, 5 Jan 2026 09:55:00 GMT',
        statusCode: 'open',
        eventRegion: 'eu-west-1',
        eventDescription: [{ language: 'en_US', latestDescription: 'We are investigating increased error rates.' }],
        affectedAccount: '123456789012',
        page: '1',
        totalPages: '1',
      },
    }),
  },
}
