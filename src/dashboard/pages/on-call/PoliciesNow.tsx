import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { escalationPoliciesQuery } from '../../data/escalation-policies.ts'
import { onCallsQuery } from '../../data/on-calls.ts'
import { schedulesQuery } from '../../data/schedules.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { LevelList } from '../../parts/LevelList.tsx'
import { LevelOnCall } from '../../parts/LevelOnCall.tsx'
import { NobodyOnCall } from '../../parts/NobodyOnCall.tsx'
import { Empty } from '../../parts/Notice.tsx'
import { levelsNow } from './levels-now.ts'
import classes from './PoliciesNow.module.css'

/** All levels of all policies that an alert source uses: who would be paged if an incident opened at this moment. */
export function PoliciesNow() {
  const { data: all } = useSuspenseQuery(escalationPoliciesQuery)
  const { data: onCalls } = useSuspenseQuery(onCallsQuery)
  const { data: schedules } = useSuspenseQuery(schedulesQuery)
  const policies = all.filter(({ alertSources }) => alertSources.length > 0)
  if (policies.length === 0) {
    return (
      <Empty title="No escalation policy is used yet">
        <p>An escalation policy says who is paged first, and who is next when nobody answers. Alert sources name it.</p>
        <ForAdministrators>
          <Link to="/escalation-policies">Go to the escalation policies</Link>
        </ForAdministrators>
      </Empty>
    )
  }
  return policies.map((policy) => {
    const levels = levelsNow(policy, onCalls, schedules)
    return (
      <section key={policy.id} aria-label={policy.name} className={classes.policy}>
        <h3 className={classes.name}>
          <Link to="/escalation-policies/$id" params={{ id: policy.id }}>
            {policy.name}
          </Link>
        </h3>
        {levels.every(({ users }) => users.length === 0) && (
          <p>
            <NobodyOnCall>Nobody at any level</NobodyOnCall>: the <Link to="/settings">fallback contacts</Link> are
            paged.
          </p>
        )}
        <LevelList label={`Levels of ${policy.name}`}>
          {levels.map((level) => (
            <LevelOnCall key={level.level} {...level} />
          ))}
        </LevelList>
      </section>
    )
  })
}
