import { Stack } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Schedule, Shift } from '../../../../api/schemas/schedule.ts'
import { ApiProblem } from '../../../api.ts'
import { saveSchedule } from '../../../data/schedules.ts'
import { serverNow } from '../../../parts/clock.ts'
import { errorsByField, useSchemaForm } from '../../../parts/form.ts'
import { LeaveWarning } from '../../../parts/LeaveWarning.tsx'
import { Problem } from '../../../parts/Notice.tsx'
import { OWN_ZONE } from '../../../parts/own-zone.ts'
import { membersOf } from '../members.ts'
import { BasicFields } from './BasicFields.tsx'
import classes from './Columns.module.css'
import { Conflict } from './Conflict.tsx'
import { draftOf, newDraft } from './draft.ts'
import { Layers } from './Layers.tsx'
import { mergedDraft } from './merged-draft.ts'
import { PreviewPanel } from './PreviewPanel.tsx'
import { SaveBar } from './SaveBar.tsx'
import { StaticShifts } from './StaticShifts.tsx'
import { usePreview } from './use-preview.ts'
import { inOtherZone, isZone, lastMondayMorning } from './wall-clock.ts'

interface ScheduleFormProps {
  /** As it is now; null: a new one. When others save it, the form stays as it is until the person has compared. */
  schedule: Schedule | null
  /** Reads it again. */
  onRefresh?: () => Promise<Schedule>
  /** Begins anew with the schedule as it is now. */
  onDiscard?: () => void
  onSaved: (schedule: Schedule) => void
  onCancel: () => void
}

export function ScheduleForm({ schedule, onRefresh, onDiscard, onSaved, onCancel }: ScheduleFormProps) {
  // What the draft is compared with and saved over.
  const [base, setBase] = useState(schedule)
  const [initial] = useState(() => {
    if (schedule) return draftOf(schedule, serverNow())
    return newDraft(OWN_ZONE, lastMondayMorning(serverNow(), OWN_ZONE))
  })
  const [zone, setZone] = useState(initial.timezone)
  const [weeks, setWeeks] = useState(4)
  const saved = useRef(false)
  const [refusedVersion, setRefusedVersion] = useState<number>()
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('./draft-schema.ts')).draftSchema(base?.scheduleLayers ?? []),
    initialValues: initial,
    save: async (input) => {
      setRefusedVersion(undefined)
      try {
        return await saveSchedule(base?.id ?? null, { ...input, version: base?.version })
      } catch (error) {
        if (isStale(error)) {
          setRefusedVersion(base?.version)
          await refresh()
        }
        throw error
      }
    },
    onSaved: (result) => {
      saved.current = true
      onSaved(result)
    },
  })
  const preview = usePreview(form.values, base, form.isDirty(), weeks)
  usePreviewErrors(preview, form)
  const refresh = async () => {
    // Where it can't be read now, it is again in a while.
    await onRefresh?.().catch(() => undefined)
  }
  const previewed = preview.data?.version ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is read again once for each newer version
  useEffect(() => {
    if (schedule && previewed > schedule.version) refresh()
  }, [previewed])

  const conflict = schedule !== null && base !== null && schedule.version !== base.version
  // That an older version was refused is said by the conflict, and over once this is compared with a newer one.
  const solved = conflict || (refusedVersion !== undefined && refusedVersion !== base?.version)
  const compare = () => {
    if (!schedule || !base) return
    const now = serverNow()
    form.setValues(mergedDraft(form.getValues(), draftOf(base, now), draftOf(schedule, now)))
    setBase(schedule)
  }

  const setTimezone = (timezone: string) => {
    form.setFieldValue('timezone', timezone)
    if (!isZone(timezone)) return
    const inNewZone = (instant: string) => inOtherZone(instant, zone, timezone)
    const { shifts } = form.getValues()
    form.setFieldValue(
      'shifts',
      shifts.map((shift) => ({ ...shift, start: inNewZone(shift.start), end: inNewZone(shift.end) })),
    )
    setZone(timezone)
  }

  return (
    <form {...formProps} className={classes.columns}>
      <LeaveWarning isUnsaved={() => !saved.current && form.isDirty()} />
      <Stack gap="md" className={classes.fields}>
        <BasicFields form={form} exists={schedule !== null} onTimezone={setTimezone} />
        {form.values.type === 'RECURRING' ? (
          <Layers form={form} stored={base?.scheduleLayers ?? []} />
        ) : (
          <StaticShifts form={form} zone={zone} past={pastShifts(base)} />
        )}
      </Stack>
      <div className={classes.preview}>
        <PreviewPanel preview={preview} members={base ? membersOf(base) : []} weeks={weeks} onWeeks={setWeeks} />
      </div>
      <Stack gap="md" className={classes.save}>
        {conflict && <Conflict onCompare={compare} onDiscard={onDiscard} />}
        {problem && !solved && <Problem>{problem}</Problem>}
        <SaveBar exists={schedule !== null} preview={preview} weeks={weeks} saving={saving} onCancel={onCancel} />
      </Stack>
    </form>
  )
}

/** What the server refuses of a preview sits at its field, until it refuses it no more. */
function usePreviewErrors(
  { error, current }: ReturnType<typeof usePreview>,
  { setErrors }: { setErrors: (errors: (before: Record<string, ReactNode>) => Record<string, ReactNode>) => void },
) {
  useEffect(() => {
    if (error instanceof ApiProblem && error.field) setErrors(() => errorsByField(error))
  }, [error, setErrors])
  useEffect(() => {
    // A preview needs no name, so it says nothing about it.
    if (current) setErrors(({ name }) => (name ? { name } : {}))
  }, [current, setErrors])
}

function pastShifts(schedule: Schedule | null): Shift[] {
  const now = serverNow()
  return (schedule?.shifts ?? []).filter(({ end }) => Date.parse(end) <= now)
}

const isStale = (error: unknown) => error instanceof ApiProblem && error.status === 409 && error.field === 'version'
