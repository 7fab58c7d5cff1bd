import { Link } from '@tanstack/react-router'
import type { Incident } from '../../../api/schemas/incident.ts'
import { LevelItem, LevelList } from '../../parts/LevelList.tsx'
import { Section } from '../../parts/Page.tsx'
import { spanText } from '../../parts/time.tsx'
import { levelText } from './level-text.ts'

export function Levels({ incident }: { incident: Incident }) {
  const { escalationRules, escalationPass, escalationPasses, escalationPolicy, nextEscalationRuleIndex, status } =
    incident
  if (escalationRules.length === 0) return null
  const live = status === 'PENDING'
  return (
    <Section
      title="Escalation"
      actions={
        escalationPolicy && (
          <Link to="/escalation-policies/$id" params={{ id: escalationPolicy.id }} className="small">
            {escalationPolicy.name ?? 'Policy'}
          </Link>
        )
      }
    >
      <LevelList label="Levels">
        {escalationRules.map(({ level, users, schedules, escalationTimeout, current }, index) => (
          <LevelItem key={level} level={level} current={live && current}>
            <div>{levelText(users, schedules)}</div>
            <div className="dim small">
              {escalationTimeout === null ? 'no further escalation' : `waits ${spanText(escalationTimeout * 60_000)}`}
              {live && current && ' · paged now'}
              {live && index === nextEscalationRuleIndex && ' · next'}
            </div>
          </LevelItem>
        ))}
      </LevelList>
      {escalationPasses > 1 && (
        <p className="dim small">
          {escalationPass > 0 && `Pass ${escalationPass} of ${escalationPasses}.`}
          {escalationPass === 0 && `Repeats up to ${escalationPasses} times.`}
        </p>
      )}
    </Section>
  )
}
