import { Link } from '@tanstack/react-router'
import type { Incident } from '../../../api/schemas/incident.ts'
import { namesOf } from '../../data/users.ts'
import { Section } from '../../parts/Page.tsx'
import { spanText } from '../../parts/time.tsx'
import classes from './Levels.module.css'

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
      <ol className={classes.levels}>
        {escalationRules.map(({ level, users, escalationTimeout, current }, index) => (
          <li
            key={level}
            className={classes.level}
            data-current={live && current}
            aria-current={live && current ? 'step' : undefined}
          >
            <span className={classes.number}>{level}</span>
            <div>
              <div>{namesOf(users, 6) || 'Nobody: skipped'}</div>
              <div className="dim small">
                {escalationTimeout === null ? 'no further escalation' : `waits ${spanText(escalationTimeout * 60_000)}`}
                {live && current && ' · paged now'}
                {live && index === nextEscalationRuleIndex && ' · next'}
              </div>
            </div>
          </li>
        ))}
      </ol>
      {escalationPasses > 1 && (
        <p className="dim small">
          {escalationPass > 0 && `Pass ${escalationPass} of ${escalationPasses}.`}
          {escalationPass === 0 && `Repeats up to ${escalationPasses} times.`}
        </p>
      )}
    </Section>
  )
}
