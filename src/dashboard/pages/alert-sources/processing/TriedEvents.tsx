import type { TriedProcessing } from '../../../../api/schemas/event-processing.ts'
import { CloseIcon, HandIcon, WarningIcon } from '../../../parts/icons.tsx'
import classes from './Tester.module.css'
import { templateName } from './template-words.ts'

type TriedEvent = TriedProcessing['events'][number]
type Step = TriedEvent['steps'][number]

export function TriedEvents({ events }: { events: TriedEvent[] }) {
  return (
    <ol className={classes.events} aria-label="What becomes of the events">
      {events.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an event is its place in the request
        <li key={index} className={classes.event}>
          <p className={classes.outcome}>{outcomeOf(event)}</p>
          <Fields event={event} />
          <Steps steps={event.steps} />
        </li>
      ))}
    </ol>
  )
}

export function outcomeOf({ eventType, droppedBy, suppressedBy }: TriedEvent): string {
  if (droppedBy !== null) return `Dropped by “${droppedBy}”`
  if (suppressedBy !== null) return `Held back by “${suppressedBy}” until enough came`
  switch (eventType) {
    case 'ALERT':
      return 'Opens an incident, or joins the one of its key'
    case 'RESOLVE':
      return 'Resolves the incident of its key'
    case 'ACCEPT':
      return 'Accepts the incident of its key'
    case 'COMMENT':
      return 'Comments on the incident of its key'
  }
}

function Fields({ event }: { event: TriedEvent }) {
  const { summary, incidentKey, priority, severity, escalationPolicy, labels, links, details } = event
  const fields: [string, string | null | undefined][] = [
    ['Summary', summary],
    ['Incident key', incidentKey ?? 'none'],
    ['Priority', priority ?? 'as the source says'],
    ['Severity', severity === null ? 'none' : String(severity)],
    ['Pages by', escalationPolicy?.name],
    ['Labels', textOf(Object.entries(labels).map(([name, value]) => `${name}=${value}`))],
    ['Links', textOf(links.map(({ href, text }) => (text ? `${text} (${href})` : href)))],
    ['Details', details],
  ]
  return (
    <dl className={classes.fields}>
      {fields.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

function textOf(parts: string[]): string | null {
  return parts.join(', ') || null
}

const OUTCOMES = {
  applied: { word: 'Applied', Icon: HandIcon },
  'not-applied': { word: 'Not applied', Icon: CloseIcon },
  failed: { word: 'Failed', Icon: WarningIcon },
}

/** What each template and rule did: a sign and a word, so that it is never the colour alone. */
function Steps({ steps }: { steps: Step[] }) {
  if (steps.length === 0)
    return <p className="dim small">There is no template and no rule: the event is taken as it came.</p>
  return (
    <ol className={classes.steps} aria-label="Templates and rules">
      {steps.map(({ kind, name, outcome, message }, index) => {
        const { word, Icon } = OUTCOMES[outcome]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <li key={index} className={classes.step} data-outcome={outcome}>
            <Icon className={classes.icon} />
            <span>
              <strong>{kind === 'template' ? templateName(name) : name}</strong>{' '}
              <span className={classes.word}>{word}</span>
              <span className={classes.message}>{message}</span>
            </span>
          </li>
        )
      })}
    </ol>
  )
}
