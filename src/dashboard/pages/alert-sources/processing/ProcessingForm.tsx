import { Button, Group, Stack } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { AlertSource, AlertSourceInput } from '../../../../api/schemas/alert-source.ts'
import { inputOf } from '../../../data/alert-source-input.ts'
import { alertSourceQuery, saveAlertSource } from '../../../data/alert-sources.ts'
import { escalationPoliciesQuery } from '../../../data/escalation-policies.ts'
import { useSchemaForm } from '../../../parts/form.ts'
import { LeaveWarning } from '../../../parts/LeaveWarning.tsx'
import { Problem } from '../../../parts/Notice.tsx'
import { type Draft, draftOf, type ProcessingInput } from './draft.ts'
import classes from './ProcessingForm.module.css'
import { RuleList } from './RuleList.tsx'
import { SyntaxHelp } from './SyntaxHelp.tsx'
import { TemplateFields } from './TemplateFields.tsx'
import { Tester } from './Tester.tsx'

interface ProcessingFormProps {
  source: AlertSource
  onSaved: () => void
  onCancel: () => void
}

export function ProcessingForm({ source, onSaved, onCancel }: ProcessingFormProps) {
  const queryClient = useQueryClient()
  const { data: policies } = useSuspenseQuery(escalationPoliciesQuery)
  const [initial] = useState(() => draftOf(source))
  // What others may have changed meanwhile is compared with this.
  const base = useRef(savedOf(source))
  const saved = useRef(false)
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('./draft-schema.ts')).draftSchema,
    initialValues: initial as Draft & Record<string, unknown>,
    save: async (input: ProcessingInput) => {
      // Read again, so that what others changed of the source is not set back.
      const now = await queryClient.fetchQuery({ ...alertSourceQuery(source.id), staleTime: 0 })
      if (savedOf(now) !== base.current) {
        base.current = savedOf(now)
        throw new Error(
          'Somebody else has changed the templates or rules meanwhile. Save again to replace theirs with yours.',
        )
      }
      return saveAlertSource(source.id, { ...inputOf(now), ...input } as AlertSourceInput)
    },
    onSaved: (result) => {
      saved.current = true
      queryClient.setQueryData(alertSourceQuery(source.id).queryKey, result)
      onSaved()
    },
  })
  return (
    <form {...formProps} className={classes.columns}>
      <LeaveWarning isUnsaved={() => !saved.current && form.isDirty()} />
      <Stack gap="xl" className={classes.fields}>
        <TemplateFields form={form} />
        <RuleList form={form} policies={policies} />
        <SyntaxHelp />
      </Stack>
      <div className={classes.tester}>
        <Tester source={source} draft={form.values} />
      </div>
      <Stack gap="md" className={classes.save}>
        {problem && <Problem>{problem}</Problem>}
        <Group>
          <Button type="submit" variant="filled" loading={saving}>
            Save
          </Button>
          <Button variant="subtle" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function savedOf({ templates, rules }: AlertSource): string {
  return JSON.stringify({ templates, rules })
}
