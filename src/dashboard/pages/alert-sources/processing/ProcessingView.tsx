import { useSuspenseQuery } from '@tanstack/react-query'
import type { AlertSource } from '../../../../api/schemas/alert-source.ts'
import { escalationPoliciesQuery } from '../../../data/escalation-policies.ts'
import { Empty } from '../../../parts/Notice.tsx'
import { Section } from '../../../parts/Page.tsx'
import { Row, Rows } from '../../../parts/Row.tsx'
import { templateName } from './template-words.ts'

type Rule = AlertSource['rules'][number]

/** For everybody who may not change them: when an incident looks different from what the tool sent, here is why. */
export function ProcessingView({ source: { templates, rules } }: { source: AlertSource }) {
  const { data: policies } = useSuspenseQuery(escalationPoliciesQuery)
  const policyName = (id: number) => policies.find((policy) => policy.id === id)?.name ?? 'a policy that is gone'
  const { links = [], ...texts } = templates ?? {}
  const written: [string, string][] = [
    ...Object.entries(texts).flatMap(([name, text]): [string, string][] => (text ? [[name, text]] : [])),
    ...links.map(({ href, text }, index): [string, string] => [`links[${index}]`, `${text} ${href}`]),
  ]
  return (
    <>
      <Section title="Templates">
        {written.length === 0 ? (
          <Empty title="No templates: fields are as the tool’s reader finds them" />
        ) : (
          <Rows label="Templates">
            {written.map(([name, text]) => (
              <Row key={name} title={templateName(name)}>
                <span className="mono">{text}</span>
              </Row>
            ))}
          </Rows>
        )}
      </Section>
      <Section title="Rules">
        {rules.length === 0 ? (
          <Empty title="No rules: every event is taken as it is" />
        ) : (
          <Rows label="Rules">
            {rules.map((rule, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place
              <Row key={index} title={`${index + 1}. ${rule.name}`}>
                If <span className="mono">{rule.condition}</span>: {effectsOf(rule, policyName)}
              </Row>
            ))}
          </Rows>
        )}
      </Section>
      <p className="dim">Only administrators can change them.</p>
    </>
  )
}

function effectsOf(rule: Rule, policyName: (id: number) => string): string {
  const { action, priority, severity, escalationPolicy, labels, suppress } = rule
  if (action === 'DROP') return 'drop the event.'
  const effects = [
    priority && `priority ${priority === 'HIGH' ? 'high' : 'low'}`,
    severity && `severity ${severity}`,
    escalationPolicy && `page by ${policyName(escalationPolicy.id)}`,
    ...Object.entries(labels).map(([name, value]) => `label ${name}=${value}`),
    suppress && `hold back until ${suppress.events} events came in ${suppress.minutes} minutes`,
    action === 'ACCEPT' && 'look at no further rule',
  ].filter((effect) => effect)
  return `${effects.join(', ') || 'nothing'}.`
}
