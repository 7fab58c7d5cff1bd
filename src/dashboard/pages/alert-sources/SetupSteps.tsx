import { useQuery } from '@tanstack/react-query'
import { sourceSetupQuery } from '../../data/integration-types.ts'
import { CopyField } from '../../parts/CopyField.tsx'
import { InlineMarkdown } from '../../parts/InlineMarkdown.tsx'
import { Section } from '../../parts/Page.tsx'
import classes from './SetupSteps.module.css'

/** How the tool is connected, with this source's real address and key, to copy step by step. */
export function SetupSteps({ sourceId, typeName }: { sourceId: number; typeName: string }) {
  const { data: setup } = useQuery(sourceSetupQuery(sourceId))
  if (!setup) return null
  return (
    <Section title={`Connect ${typeName}`}>
      {setup.address && <CopyField label="Address" value={setup.address} />}
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
    </Section>
  )
}
