import { useQuery } from '@tanstack/react-query'
import type { IntegrationTypeInfo } from '../../../api/schemas/integration-type.ts'
import { sourceEventsQuery, sourceSetupQuery } from '../../data/integration-types.ts'
import { CopyField } from '../../parts/CopyField.tsx'
import { InlineMarkdown } from '../../parts/InlineMarkdown.tsx'
import { Section } from '../../parts/Page.tsx'
import classes from './SetupSteps.module.css'

/** How the tool is connected, with this source's real address and key, to copy step by step. Folded once something came. */
export function SetupSteps({ sourceId, type }: { sourceId: number; type: IntegrationTypeInfo }) {
  const { data: setup } = useQuery(sourceSetupQuery(sourceId))
  const { data: events } = useQuery(sourceEventsQuery(sourceId))
  if (!setup || !events) return null
  const steps = (
    <ol className={classes.steps}>
      {setup.steps.map(({ text, snippet }, index) => (
        <li key={text} className={classes.step}>
          <p className={classes.text}>
            <InlineMarkdown text={text} />
          </p>
          {snippet && <CopyField block label={snippet.caption ?? `Step ${index + 1}`} value={snippet.code} />}
        </li>
      ))}
    </ol>
  )
  return (
    <Section title={type.category === 'own' ? 'Set it up' : `Connect ${type.name}`}>
      {setup.address && <CopyField label="Address" value={setup.address} />}
      {events.length === 0 ? (
        steps
      ) : (
        <details className={classes.folded}>
          <summary>The steps of its set-up</summary>
          {steps}
        </details>
      )}
    </Section>
  )
}
