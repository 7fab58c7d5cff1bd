import { describe, it } from 'vitest'
import { anEvent } from '../event.fixtures.ts'
import { checkTemplate } from './check.ts'
import { CONTEXT } from './processing.fixtures.ts'
import { type Rendered, renderTemplate } from './templates.ts'
import { variablesOf } from './variables.ts'

const PAYLOAD = JSON.parse(`{
  "host": "db-1", "free": 0.5, "tags": ["db", "prod"], "empty": [],
  "alerts": [{ "name": "a", "state": "firing" }, { "name": "b", "state": "ok" }],
  "__proto__": { "polluted": "own" }, "constructor": "also own", "toString": "own too"
}`)

function render(template: string, payload: Record<string, unknown> = PAYLOAD): Rendered {
  return renderTemplate(template, variablesOf(anEvent({ labels: { team: 'db' }, customDetails: payload }), CONTEXT))
}

const text = (template: string, payload?: Record<string, unknown>) => {
  const rendered = render(template, payload)
  return 'text' in rendered ? rendered.text : rendered
}
const failure = (template: string, payload?: Record<string, unknown>) => {
  const rendered = render(template, payload)
  return 'failed' in rendered ? rendered.failed : rendered
}

describe('a template', () => {
  it('sees the event, the payload, the source and the time', ({ expect }) => {
    expect(text('{{ event.summary }} on {{ payload.host | upcase }} ({{ source.shortName }})')).toBe(
      'Disk full on db-1 on DB-1 (PROM)',
    )
    expect(text('{{ event.labels.team }} {{ now | date: "%H:%M" }}')).toBe('db 12:00')
    expect(text('{{ now | date: "%H:%M", "Europe/Berlin" }}')).toBe('13:00')
  })

  it('goes through lists, and writes lists and objects readably', ({ expect }) => {
    expect(text('{% for alert in payload.alerts %}{{ alert.name }};{% endfor %}')).toBe('a;b;')
    expect(text('{{ payload.alerts | where: "state", "firing" | map: "name" | first }}')).toBe('a')
    expect(text('{{ payload.tags }}')).toBe('db, prod')
    expect(text('{{ payload.alerts[0] }}')).toBe('{"name":"a","state":"firing"}')
  })

  it('renders nothing of what is absent', ({ expect }) => {
    expect(text('{{ payload.nothing.here.either }}{{ payload.alerts[7].name }}{{ event.severity }}')).toBe('')
    expect(text('{% if payload.nothing %}there{% else %}absent{% endif %}')).toBe('absent')
  })

  it('sees own properties only', ({ expect }) => {
    expect(text('{{ event.constructor }}{{ event.__proto__ }}{{ event.toString }}{{ payload.tags.constructor }}')).toBe(
      '',
    )
    expect(text('{{ payload.constructor }}, {{ payload.__proto__.polluted }}')).toBe('also own, own')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('can’t read files or evaluate text', ({ expect }) => {
    for (const tag of ['include "x"', 'render "x"', 'layout "x"', 'increment event', 'tablerow x in payload.tags']) {
      expect(checkTemplate(`{% ${tag} %}`)).toMatch(/there is no tag/)
    }
    for (const filter of ['where_exp: "x", "true"', 'raw', 'sha256', 'sample']) {
      expect(checkTemplate(`{{ payload.tags | ${filter} }}`)).toMatch(/there is no filter/)
    }
  })
})

describe('checking a template', () => {
  it('says where and what is wrong', ({ expect }) => {
    expect(checkTemplate('{{ event.summary | upcase }}{% assign x = payload.a %}{{ x }}')).toBeNull()
    expect(checkTemplate('plain text')).toBeNull()
    expect(checkTemplate('{{ event.summary | shout }}')).toBe('Character 1: there is no filter “shout”.')
    expect(checkTemplate('first\n{% if event.summary %}')).toMatch(/^Line 2, character 1: .*not closed\.$/)
    expect(checkTemplate('{{ event.summary ')).toMatch(/not closed/)
    expect(checkTemplate('{{ alerts[0].name }}')).toMatch(/There is no “alerts”.*payload\.alerts/)
    expect(checkTemplate('x'.repeat(5000))).toMatch(/longer than 4096/)
  })

  it('refuses ranges', ({ expect }) => {
    for (const range of ['(1..1000000000000)', '(9007199254740992..9007199254740994)', '(1..payload.n)']) {
      expect(checkTemplate(`{% for i in ${range} %}x{% endfor %}`)).toMatch(/ranges .* are not possible/)
      expect(checkTemplate(`{{ ${range} | join }}`)).toMatch(/ranges .* are not possible/)
      expect(checkTemplate(`{% assign all = ${range} %}`)).toMatch(/ranges .* are not possible/)
    }
    expect(failure('{{ payload.alerts | where: "[(9007199254740992..9007199254740994)]" }}')).toMatch(/name of a field/)
  })
})

describe('a template that does too much fails', () => {
  const many = {
    list: Array.from({ length: 5000 }, (_, n) => ({ n, text: 'x'.repeat(50) })),
    text: 'ab'.repeat(50_000),
  }

  it('in loops', ({ expect }) => {
    const loops = (levels: number) =>
      `${'{% for a in payload.list %}'.repeat(levels)}{{ a.n }}${'{% endfor %}'.repeat(levels)}`
    expect(text(loops(1), many)).toMatch(/^0123.*499$/)
    expect(failure(loops(3), many)).toMatch(/takes more than 10000 steps/)
    expect(failure(`${loops(2)}`, many)).toMatch(/takes more than 10000 steps/)
  })

  it('in text that grows', ({ expect }) => {
    const doubling = `{% assign x = payload.text %}{% for a in payload.list %}{% assign x = x | append: x %}{% endfor %}{{ x }}`
    expect(failure(doubling, many)).toMatch(/too much text/)
    const captured = `{% for a in payload.list %}{% capture x %}{{ x }}{{ x }}${'y'.repeat(3000)}{% endcapture %}{% endfor %}`
    expect(failure(captured, many)).toMatch(/too much text/)
    expect(failure('{% for a in payload.list %}{{ payload.text }}{% endfor %}', many)).toMatch(/too much text/)
    expect(failure('{{ payload.text | replace: "", payload.text }}', many)).toMatch(/too much text/)
    expect(failure('{{ now | date: "%1000000000d" }}', many)).toMatch(/too much text/)
    expect(failure('{{ "x" | slice: 0, 1000000000 }}', many)).toMatch(/too much text/)
  })

  it('in filters that are repeated', ({ expect }) => {
    for (const filter of [
      'sum: "n"',
      'find: "n", 7000',
      'url_encode',
      'json',
      'where: "n", 7000',
      'sort: "n"',
      'uniq',
    ]) {
      const repeated = `{% for a in payload.list %}{% for b in payload.list limit:18 %}{% assign x = payload.list | ${filter} %}{% endfor %}{% endfor %}`
      expect(failure(repeated, many), filter).toMatch(/too much text|steps/)
    }
  })

  it('never with an output longer than a field may be', ({ expect }) => {
    expect((text('{{ payload.text }}{{ payload.text }}', many) as string).length).toBeLessThanOrEqual(65_536)
  })
})
