import { Button, Group, Input, Stack, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { ImportedCalendar } from '../../../../api/schemas/schedule.ts'
import { LIMITS } from '../../../../limits.ts'
import { importCalendar } from '../../../data/schedule-edits.ts'
import { Problem } from '../../../parts/Notice.tsx'
import classes from './Import.module.css'

/** Where the calendar comes from: a file, or what somebody pastes. */
export function CalendarFile({ onRead }: { onRead: (calendar: ImportedCalendar) => void }) {
  const id = useId()
  const [file, setFile] = useState<File | null>(null)
  const [pasted, setPasted] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const text = file ? await file.text() : pasted
      if (text.trim() === '') throw new Error('Choose a file, or paste what is in one.')
      if (new Blob([text]).size > LIMITS.calendarBytes) {
        throw new Error(`The calendar is larger than ${LIMITS.calendarBytes / 1024} kB. Export a shorter time.`)
      }
      return importCalendar(text)
    },
    onSuccess: onRead,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isPending) mutate()
  }
  return (
    <form onSubmit={submit} className={classes.narrow}>
      <Stack gap="md">
        <p>
          The shifts of an iCalendar file (.ics), as other on-call tools and calendars export it, become a schedule
          placed by hand. You see what was read, and say who is who, before anything is created.
        </p>
        <Input.Wrapper id={id} label="Calendar file">
          <input
            id={id}
            type="file"
            accept=".ics,text/calendar"
            className={classes.file}
            onChange={({ currentTarget }) => setFile(currentTarget.files?.[0] ?? null)}
          />
        </Input.Wrapper>
        {!file && (
          <Textarea
            label="Or paste it"
            placeholder="BEGIN:VCALENDAR …"
            autosize
            minRows={4}
            maxRows={12}
            value={pasted}
            onChange={({ currentTarget }) => setPasted(currentTarget.value)}
          />
        )}
        {error && <Problem>{error.message}</Problem>}
        <Group>
          <Button type="submit" variant="filled" loading={isPending}>
            Read it
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
