import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import type { ImportedCalendar, Schedule } from '../../../../api/schemas/schedule.ts'
import { saveSchedule } from '../../../data/schedules.ts'
import { serverNow } from '../../../parts/clock.ts'
import { useSchemaForm } from '../../../parts/form.ts'
import { LeaveWarning } from '../../../parts/LeaveWarning.tsx'
import { Empty, Problem } from '../../../parts/Notice.tsx'
import { OWN_ZONE } from '../../../parts/own-zone.ts'
import { Section } from '../../../parts/Page.tsx'
import { TimeZoneInput } from '../../../parts/TimeZoneInput.tsx'
import columns from './Columns.module.css'
import { emptyDraft } from './draft.ts'
import classes from './Import.module.css'
import { ImportedPeople } from './ImportedPeople.tsx'
import { ImportedShifts } from './ImportedShifts.tsx'
import { type Choices, chosenShifts, firstChoices, peopleIn } from './imported-shifts.ts'
import { PreviewPanel } from './PreviewPanel.tsx'
import { usePreview } from './use-preview.ts'

interface ImportedScheduleProps {
  calendar: ImportedCalendar
  onSaved: (schedule: Schedule) => void
  onBack: () => void
}

/** What was read: who is who, which shifts that makes, and how the schedule is called. */
export function ImportedSchedule({ calendar, onSaved, onBack }: ImportedScheduleProps) {
  const people = peopleIn(calendar)
  const [choices, setChoices] = useState<Choices>(() => firstChoices(people))
  const [missing, setMissing] = useState(false)
  const [weeks, setWeeks] = useState(4)
  const saved = useRef(false)
  const [initial] = useState(() => ({
    ...emptyDraft(calendar.timezone ?? OWN_ZONE),
    name: calendar.name ?? '',
    shifts: chosenShifts(calendar, choices, serverNow()),
  }))
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('./draft-schema.ts')).draftSchema([]),
    initialValues: initial,
    save: async (input) => {
      const unsaid = people.some(({ key }) => choices[key] === undefined)
      setMissing(unsaid)
      if (unsaid) throw new Error('Say for everybody in the calendar who it is, or leave their shifts out.')
      return saveSchedule(null, input)
    },
    onSaved: (schedule) => {
      saved.current = true
      onSaved(schedule)
    },
  })
  const preview = usePreview(form.values, null, form.isDirty(), weeks)
  const choose = (next: Choices) => {
    setChoices(next)
    form.setFieldValue('shifts', chosenShifts(calendar, next, serverNow()))
  }
  const skipped = <SkippedEvents skipped={calendar.skipped} />

  if (calendar.shifts.length === 0) {
    return (
      <Stack gap="md" className={classes.narrow}>
        <Empty title="No shifts to come in this calendar">
          <p>It was read, but has no event from now on that could be a shift.</p>
          <Button onClick={onBack}>Choose another</Button>
        </Empty>
        {skipped}
      </Stack>
    )
  }
  return (
    <form {...formProps} className={columns.columns}>
      <LeaveWarning isUnsaved={() => !saved.current} />
      <Stack gap="md" className={columns.fields}>
        <TextInput label="Name of the schedule" placeholder="Web team" {...form.getInputProps('name')} />
        <TimeZoneInput
          label="Time zone"
          description="In which it is shown; the shifts stay where they are"
          {...form.getInputProps('timezone')}
        />
        <ImportedPeople people={people} choices={choices} onChange={choose} missing={missing} />
        {skipped}
      </Stack>
      <Stack gap="lg" className={columns.preview}>
        <ImportedShifts shifts={calendar.shifts} choices={choices} timezone={form.values.timezone} />
        {form.values.shifts.length > 0 && <PreviewPanel preview={preview} weeks={weeks} onWeeks={setWeeks} />}
      </Stack>
      <Stack gap="md" className={columns.save}>
        {problem && <Problem>{problem}</Problem>}
        <Group>
          <Button type="submit" variant="filled" loading={saving}>
            Create schedule with {form.values.shifts.length} {form.values.shifts.length === 1 ? 'shift' : 'shifts'}
          </Button>
          <Button variant="subtle" onClick={onBack}>
            Choose another
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function SkippedEvents({ skipped }: { skipped: string[] }) {
  if (skipped.length === 0) return null
  return (
    <Section title={skipped.length === 1 ? 'Left out: 1 event' : `Left out: ${skipped.length} events`}>
      <ul className={classes.skipped}>
        {[...new Set(skipped)].map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </Section>
  )
}
