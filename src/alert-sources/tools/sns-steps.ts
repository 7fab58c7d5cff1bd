import type { SetupStep, ToolAddress } from './tool.ts'

/** Subscribing an address to a topic; Tocsin confirms by itself. */
export function snsSteps({ url }: ToolAddress): SetupStep[] {
  return [
    {
      text: 'Subscribe this address to an SNS topic. The subscription is confirmed by itself within seconds, once the signature of Amazon SNS is found good.',
      snippet: {
        language: 'hcl',
        caption: 'Terraform',
        code: `resource "aws_sns_topic" "tocsin" {
  name              = "tocsin"
  signature_version = 2
}

resource "aws_sns_topic_subscription" "tocsin" {
  topic_arn              = aws_sns_topic.tocsin.arn
  protocol               = "https"
  endpoint               = "${url}"
  endpoint_auto_confirms = true
}`,
      },
    },
    {
      text: 'Or do it with the AWS command line. Leave raw message delivery off: raw messages are not signed.',
      snippet: {
        language: 'shell',
        code: `topic=$(aws sns create-topic --name tocsin --query TopicArn --output text)
aws sns subscribe --topic-arn "$topic" --protocol https \\
  --notification-endpoint '${url}'`,
      },
    },
  ]
}
