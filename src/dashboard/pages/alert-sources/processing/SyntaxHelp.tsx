import classes from './SyntaxHelp.module.css'

const VARIABLES: [string, string][] = [
  ['event', 'type, key, summary, details, priority, severity, labels, links, comments'],
  ['payload', 'what your tool sent, such as payload.alerts[0].name'],
  ['source', 'id, name, shortName'],
  ['now', 'the time at which it came'],
]

const TEMPLATES: [string, string][] = [
  ['{{ payload.host | upcase }}', 'a value, through a filter'],
  ['{{ payload.title | default: event.summary }}', 'another one where it is absent'],
  ['{% if payload.env == "prod" %}HIGH{% else %}LOW{% endif %}', 'one or the other'],
  ['{% for alert in payload.alerts limit:10 %}{{ alert.name }}, {% endfor %}', 'each of a list'],
]

const CONDITIONS: [string, string][] = [
  ['event.severity <= 2 && event.labels.team == "db"', 'both; || for either, ! for not'],
  ['payload.env in ["test", "staging"]', 'one of several'],
  ['re(event.summary, "(?i)disk .* full")', 'a regular expression anywhere in a text'],
  ['glob(payload.host, "web-*")', 'a whole text with * and ?'],
  ['payload.alerts.exists(a, a.status == "firing")', 'at least one of a list'],
  ['now.getHours("Europe/Berlin") < 8', 'by the clock of a place'],
]

/** The most of both languages on half a screen. */
export function SyntaxHelp() {
  return (
    <details className={classes.help}>
      <summary>How templates and conditions are written</summary>
      <p>Both see:</p>
      <Examples of={VARIABLES} />
      <p>
        A <strong>template</strong> is Liquid. What is absent renders as nothing, and a template that renders nothing
        leaves the field as it came.
      </p>
      <Examples of={TEMPLATES} />
      <p>
        A <strong>condition</strong> is CEL. What is absent is null: equal to nothing else, and neither smaller nor
        larger. What fails is skipped, and the event log says why.
      </p>
      <Examples of={CONDITIONS} />
      <p className="dim small">
        Tocsin’s documentation has all of it, by task, in <span className="mono">docs/templates-and-rules.md</span>.
      </p>
    </details>
  )
}

function Examples({ of }: { of: [string, string][] }) {
  return (
    <dl className={classes.examples}>
      {of.map(([code, words]) => (
        <div key={code}>
          <dt className="mono">{code}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  )
}
