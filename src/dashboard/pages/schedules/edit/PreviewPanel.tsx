import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { SchedulePreview } from '../../../../api/schemas/schedule.ts'
import { ApiProblem } from '../../../api.ts'
import { Loading } from '../../../frame/states.tsx'
import { errorsByField } from '../../../parts/form.ts'
import { Problem } from '../../../parts/Notice.tsx'
import { personColors } from '../../../parts/person-color.ts'
import { zoneLabel } from '../../../parts/zoned-time.ts'
import { blockText } from '../calendar/block-text.ts'
import { type Block, peopleIn } from '../calendar/lanes.ts'
import { Timeline } from '../calendar/Timeline.tsx'
import { ChangeList, GapList } from './ChangeList.tsx'
import { changeSummary } from './change-summary.ts'
import { errorWords } from './field-words.ts'
import classes from './PreviewPanel.module.css'
import { previewAxis, previewLanes } from './preview-lanes.ts'
import type { Preview } from './use-preview.ts'

export const WEEKS = [2, 4, 8] as const

interface PreviewPanelProps {
  preview: Preview
  /** In the order of the schedule, so that everybody has the colour of the calendar; others follow. */
  members?: number[]
  weeks: number
  onWeeks: (weeks: number) => void
}

/** Who would be on call if this were saved, and for whom that is different from now. */
export function PreviewPanel({ preview, members = [], weeks, onWeeks }: PreviewPanelProps) {
  const { data, error, asked, current } = preview
  return (
    <section className={classes.panel} aria-label="Preview">
      <header className={classes.header}>
        <h2 className={classes.heading}>Preview</h2>
        <SegmentedControl
          size="xs"
          aria-label="Weeks to preview"
          value={String(weeks)}
          onChange={(value) => onWeeks(Number(value))}
          data={WEEKS.map((count) => ({ value: String(count), label: `${count} weeks` }))}
        />
      </header>
      {error && <Wrong error={error} />}
      {!data && !error && (asked ? <Loading /> : <Incomplete />)}
      {data && <Result preview={data} members={members} stale={!current} weeks={weeks} />}
    </section>
  )
}

/** Not yet complete is no alarm; what the server refuses is one. */
function Wrong({ error }: { error: Error }) {
  if (error instanceof ApiProblem) return <Problem>{error.message}</Problem>
  const [path, message] = Object.entries(errorsByField(error)).at(-1) ?? ['', error.message]
  return <Incomplete>{errorWords(path, String(message))}.</Incomplete>
}

function Incomplete({ children }: { children?: ReactNode }) {
  return (
    <div className={classes.incomplete} role="status">
      Who would be on call shows here once this is complete. {children}
    </div>
  )
}

interface ResultProps {
  preview: SchedulePreview
  members: number[]
  stale: boolean
  weeks: number
}

function Result({ preview, members, stale, weeks }: ResultProps) {
  const [pointed, setPointed] = useState<Block | null>(null)
  const { after, changes } = preview
  const axis = previewAxis(preview)
  const lanes = previewLanes(preview)
  const colorOf = personColors([...new Set([...members, ...peopleIn(lanes).map(({ id }) => id)])])
  const summary = changeSummary(changes)
  return (
    <div className={classes.result} aria-busy={stale}>
      <p className={classes.summary} role="status">
        {preview.before === null && <>Who would be on call in the next {weeks} weeks.</>}
        {preview.before !== null && summary === null && <>Nothing changes in the next {weeks} weeks.</>}
        {preview.before !== null && summary && (
          <>
            Changes {summary} in the next {weeks} weeks.
          </>
        )}{' '}
        <span className="dim">Times in {zoneLabel(axis.zone, Date.parse(after.from))}.</span>
      </p>
      <GapList gaps={after.gaps} zone={axis.zone} />
      {preview.before !== null && <ChangeList changes={changes} zone={axis.zone} />}
      <div>
        <Timeline
          view="two-weeks"
          axis={axis}
          lanes={lanes}
          colorOf={colorOf}
          stale={stale}
          onOpen={setPointed}
          onFocusBlock={setPointed}
        />
        <p className={classes.pointed} role="status">
          {pointed ? blockText(pointed, axis.zone) : 'Choose a shift to read its times.'}
        </p>
      </div>
    </div>
  )
}
