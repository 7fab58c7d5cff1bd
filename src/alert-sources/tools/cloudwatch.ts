import { readSns } from './sns-reading.ts'
import { authenticateSns } from './sns-signature.ts'
import { snsSteps } from './sns-steps.ts'
import type { Tool } from './tool.ts'

export const cloudwatch: Tool = {
  id: 'cloudwatch',
  otherIds: ['sns', 'aws-sns', 'amazonsns', 'aws-cloudwatch'],
  name: 'Amazon CloudWatch',
  category: 'cloud',
  keywords: ['aws', 'sns', 'amazon', 'simple notification service', 'lambda', 'ec2', 'rds'],
  resolves: true,
  about:
    'Alarms of CloudWatch, and whatever else a topic of Amazon SNS publishes. An alarm that goes back to OK resolves its incident.',
  setup: (address) => [
    ...snsSteps(address),
    {
      text: 'Give each alarm the topic for **both** its alarm and its OK state, or incidents stay open.',
      snippet: {
        language: 'hcl',
        code: `resource "aws_cloudwatch_metric_alarm" "example" {
  # …
  alarm_actions = [aws_sns_topic.tocsin.arn]
  ok_actions    = [aws_sns_topic.tocsin.arn]
}`,
      },
    },
    {
      text: 'Try it without waiting for trouble. The alarm goes back to its real state at its next evaluation.',
      snippet: {
        language: 'shell',
        code: "aws cloudwatch set-alarm-state --alarm-name example --state-value ALARM --state-reason 'Testing Tocsin'",
      },
    },
  ],
  read: readSns,
  authenticate: authenticateSns,
  // As with raw message delivery: a sample in an envelope would need Amazon's signature.
  sample: {
    headers: {
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-message-id': 'e7c82e01-7cd8-5569-9ac1-774d893afc01',
      'x-amz-sns-topic-arn': 'arn:aws:sns:eu-west-1:123456789012:tocsin',
      'x-amz-sns-rawdelivery': 'true',
    },
    body: JSON.stringify({
      AlarmName: 'web-1-cpu',
      AlarmDescription: 'CPU of web-1 above 90 %',
      AWSAccountId: '123456789012',
      NewStateValue: 'ALARM',
      NewStateReason: 'Threshold Crossed: 1 datapoint [97.2] was greater than the threshold (90.0).',
      StateChangeTime: '2026-01-05T10:00:00.000+0000',
      Region: 'EU (Ireland)',
      AlarmArn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:web-1-cpu',
      OldStateValue: 'OK',
      Trigger: {
        MetricName: 'CPUUtilization',
        Namespace: 'AWS/EC2',
        StatisticType: 'Statistic',
        Statistic: 'AVERAGE',
        Dimensions: [{ value: 'i-0123456789abcdef0', name: 'InstanceId' }],
        Period: 300,
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 90,
      },
    }),
  },
}
