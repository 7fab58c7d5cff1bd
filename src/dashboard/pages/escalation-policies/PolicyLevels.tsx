import type { EscalationPolicy } from '../../../api/schemas/escalation-policy.ts'
import { Row, Rows } from '../../parts/Row.tsx'
import { spanText } from '../../parts/time.tsx'
import { targetsText } from './targets-text.ts'

export function PolicyLevels({
  policy: { escalationRules, repeating, frequency, delayMin },
}: {
  policy: EscalationPolicy
}) {
  return (
    <>
      {delayMin > 0 && <p>The first level is paged {spanText(delayMin * 60_000)} after an incident opens.</p>}
      <Rows label="Levels">
        {escalationRules.map((rule, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place
          <Row key={index} title={`Level ${index + 1}: ${targetsText(rule, 20)}`}>
            waits {spanText(rule.escalationTimeout * 60_000)} for an answer
          </Row>
        ))}
      </Rows>
      <p />
      {repeating && <p className="dim">Repeats: {frequency} times through the levels.</p>}
      <p className="dim">Only administrators can change it.</p>
    </>
  )
}
