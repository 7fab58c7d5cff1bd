import { ActionIcon, Button, NativeSelect } from '@mantine/core'
import type { CalendarAddress, CalendarView } from '../../../data/calendar-address.ts'
import { ChevronIcon } from '../../../parts/icons.tsx'
import { zoneLabel } from '../../../parts/zoned-time.ts'
import classes from './Toolbar.module.css'

interface ToolbarProps {
  view: CalendarView
  /** Those that the screen has room for. */
  views: readonly CalendarView[]
  title: string
  /** `at`: an instant that is shown, for the zones' abbreviations. */
  zones: { schedule: string; mine: string; shown: string; at: number }
  onGo: (direction: 1 | -1 | 'today') => void
  onChange: (address: Pick<CalendarAddress, 'view' | 'zone'>) => void
}

const VIEW_NAMES: Record<CalendarView, string> = {
  list: 'List',
  day: 'Day',
  week: 'Week',
  'two-weeks': '2 weeks',
  month: 'Month',
}

/** What is shown: which days, how many, and on whose clock. */
export function Toolbar({ view, views, title, zones, onGo, onChange }: ToolbarProps) {
  return (
    <div className={classes.toolbar}>
      <div className={classes.go}>
        <Button className={classes.today} onClick={() => onGo('today')}>
          Today
        </Button>
        <ActionIcon aria-label="Previous" onClick={() => onGo(-1)}>
          <ChevronIcon className={classes.back} />
        </ActionIcon>
        <ActionIcon aria-label="Next" onClick={() => onGo(1)}>
          <ChevronIcon className={classes.on} />
        </ActionIcon>
        <h2 className={classes.title} aria-live="polite">
          {title}
        </h2>
      </div>
      <fieldset className={classes.views}>
        <legend className="sr-only">View</legend>
        {views.map((each) => (
          <button
            key={each}
            type="button"
            className={classes.view}
            aria-pressed={each === view}
            onClick={() => onChange({ view: each })}
          >
            {VIEW_NAMES[each]}
          </button>
        ))}
      </fieldset>
      <Zone {...zones} onChange={(zone) => onChange({ zone })} />
    </div>
  )
}

type ZoneProps = ToolbarProps['zones'] & { onChange: (zone: 'mine' | undefined) => void }

function Zone({ schedule, mine, shown, at, onChange }: ZoneProps) {
  if (schedule === mine) return <span className={classes.zone}>Times in {zoneLabel(schedule, at)}</span>
  return (
    <NativeSelect
      className={classes.zone}
      aria-label="Times in"
      value={shown === schedule ? 'schedule' : 'mine'}
      onChange={({ currentTarget }) => onChange(currentTarget.value === 'mine' ? 'mine' : undefined)}
      data={[
        { value: 'schedule', label: `Schedule’s time: ${zoneLabel(schedule, at)}` },
        { value: 'mine', label: `My time: ${zoneLabel(mine, at)}` },
      ]}
    />
  )
}
