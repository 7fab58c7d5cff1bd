import { Environment } from '@marcbachmann/cel-js'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { LIMITS } from '../../limits.ts'
import { boundedEvent, isWebAddress } from '../bounded-event.ts'
import { anEvent } from '../event.fixtures.ts'
import { checkCondition, checkTemplate } from './check.ts'
import { conditionVariables } from './condition-values.ts'
import { evaluateCondition } from './conditions.ts'
import type { Processing } from './model.ts'
import { processEvent } from './process.ts'
import { CONTEXT, NO_TEMPLATES, rule } from './processing.fixtures.ts'
import { variablesOf } from './variables.ts'

const NAMES = ['a', 'b', 'list', '__proto__', 'constructor', 'toString', 'size', 'length', 'then', 'toLiquid', '']
const payload = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null), fc.integer()),
    fc.array(tie('value'), { maxLength: 5 }),
    fc
      .array(fc.tuple(fc.constantFrom(...NAMES), tie('value')), { maxLength: 5 })
      .map((fields) =>
        JSON.parse(
          `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value) ?? 'null'}`).join(',')}}`,
        ),
      ),
  ),
})).value

const LIQUID = [
  ...['{{', '}}', '{%', '%}', '{{ payload.a }}', '{{ payload.list[0].b | upcase }}', '{{ payload | json }}'],
  ...[
    '{% for x in payload.list %}',
    '{% for x in payload %}',
    '{{ x }}',
    '{% endfor %}',
    '{% if payload.a contains "x" %}',
  ],
  ...['{% else %}', '{% endif %}', '{% assign y = payload.a | append: payload.b %}', '{{ y | split: "" | join: y }}'],
  ...[
    '{% capture y %}',
    '{% endcapture %}',
    '{{ payload.a | date: payload.b }}',
    '{{ payload.list | where: payload.a }}',
  ],
  ...['{{ payload.list | map: payload.b | sort | uniq }}', '{{ payload.a | truncate: payload.b }}', '(1..9)', '| raw'],
  ...['{{ payload.a.constructor.constructor }}', '{{ event.labels.__proto__ }}', 'text ', '\n', 'https://example.com/'],
  ...['{{ payload.a | replace: "", payload.b }}', '{{ payload.a | slice: payload.b, payload.a }}', '1', 'HIGH', ''],
]
const template = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...LIQUID) }, fc.string()), { maxLength: 8 })
  .map((parts) => parts.join(''))

const CEL = [
  ...[
    'payload.a',
    'payload["b"]',
    'payload.list[0]',
    'event.severity',
    'event.labels.team',
    'now',
    'x',
    'null',
    'true',
    '1',
    '1.5',
    '"x"',
  ],
  ...[
    ' == ',
    ' != ',
    ' < ',
    ' >= ',
    ' && ',
    ' || ',
    ' + ',
    ' - ',
    ' / ',
    ' % ',
    ' in ',
    '!',
    '-',
    ' ? ',
    ' : ',
    '(',
    ')',
    '[',
    ']',
    ',',
  ],
  ...[
    '.size()',
    '.contains("x")',
    '.exists(x, ',
    '.filter(x, ',
    '.all(y, ',
    'has(payload.a.b)',
    're(payload.a, "(a|b)*c")',
  ],
  ...[
    'glob(payload.b, "*x?")',
    'int(payload.a)',
    'timestamp(payload.a)',
    'duration("1m")',
    '.matches("(a+)+$")',
    '.?',
    '.constructor',
  ],
]
const condition = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...CEL) }, fc.string({ maxLength: 5 })), { maxLength: 9 })
  .map((parts) => parts.join(''))

const processing: fc.Arbitrary<Processing> = fc.record({
  templates: fc.record({
    ...{ summary: template, details: template, incidentKey: template, priority: template, severity: template },
    links: fc.array(fc.record({ href: template, text: template }), { maxLength: 3 }),
  }),
  rules: fc
    .array(
      fc.record({
        condition,
        action: fc.constantFrom('CONTINUE' as const, 'CONTINUE' as const, 'ACCEPT' as const, 'DROP' as const),
        labels: fc.dictionary(fc.constantFrom(...NAMES), fc.string(), { maxKeys: 3 }),
        severity: fc.option(fc.integer({ min: 1, max: 5 })),
      }),
      { maxLength: 5 },
    )
    .map((given) => given.map(rule)),
})

const RUNS = 1000

// The template engine asks each error for its stack, which takes the test runner milliseconds to map.
const { stackTraceLimit } = Error
beforeAll(() => {
  Error.stackTraceLimit = 0
})
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit
})

describe('whatever templates, rules and payload', () => {
  it('nothing is thrown, each has its step, and the event is one', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(
        processing,
        payload,
        fc.constantFrom('ALERT' as const, 'RESOLVE' as const),
        async (given, customDetails, type) => {
          const event = anEvent({
            type,
            labels: { team: 'db' },
            customDetails: { a: customDetails, list: [customDetails], b: 3 },
          })
          const { event: made, steps, droppedBy } = await processEvent(event, given, CONTEXT)
          expect(await boundedEvent(made)).toEqual(made)
          expect(made.type).toBe(type)
          expect(made.customDetails).toBe(event.customDetails)
          expect(made.summary).not.toBe('')
          expect(made.links.every(({ href }) => isWebAddress(href))).toBe(true)
          const fields = Object.values({ ...given.templates, links: null }).filter((text) => text?.trim())
          expect(steps).toHaveLength(fields.length + given.templates.links.length + given.rules.length)
          expect(steps.every(({ message }) => message !== '' && message.length < 3 * LIMITS.patternCharacters)).toBe(
            true,
          )
          expect(
            droppedBy === null || given.rules.some(({ name, action }) => name === droppedBy && action === 'DROP'),
          ).toBe(true)
          expect(({} as Record<string, unknown>).polluted).toBeUndefined()
        },
      ),
      { numRuns: RUNS },
    )
  })

  it('what the check lets pass is not refused for how it is written, and what it refuses fails', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(template, condition, async (summary, written) => {
        const { steps } = await processEvent(
          anEvent(),
          { templates: { ...NO_TEMPLATES, summary }, rules: [rule({ condition: written })] },
          CONTEXT,
        )
        const messageOf = (kind: string) => steps.find((step) => step.kind === kind)?.message
        if (checkCondition(written) !== null) expect(messageOf('rule')).toBe(checkCondition(written))
        const problem = checkTemplate(summary)
        if (summary.trim() && problem !== null && !problem.startsWith('There is no')) {
          expect(messageOf('template')).toBe(problem)
        }
      }),
      { numRuns: 2 * RUNS },
    )
  })
})

describe('a condition over what is there', () => {
  const PAYLOAD = { n: 5, m: 2.5, t: 'text', yes: true, l: [1, 2, 3], o: { n: 4, t: 'x', deep: { l: ['a', 'b'] } } }
  const number = fc.constantFrom('payload.n', 'payload.o.n', 'payload.l[1]', '3', '(payload.o).n', 'payload["n"]')
  const string = fc.constantFrom('payload.t', 'payload.o.t', 'payload.o.deep.l[0]', '"x"', 'payload["o"]["t"]')
  const boolean: fc.Arbitrary<string> = fc.letrec<{ bool: string }>((tie) => ({
    bool: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom('true', 'payload.yes', 'has(payload.o.n)', 'has(payload.o.none)'),
      fc.tuple(number, fc.constantFrom('<', '>=', '==', '!='), number).map((parts) => parts.join(' ')),
      fc.tuple(number, fc.constantFrom('+', '-', '*'), number).map(([a, op, b]) => `${a} - (${a} ${op} ${b}) > ${b}`),
      fc.tuple(string, string).map(([a, b]) => `${a}.contains(${b}) || ${a} + ${b} == ${b}`),
      fc.tuple(number, fc.constantFrom('payload.l', '[1, 2, payload.n]')).map((parts) => parts.join(' in ')),
      fc
        .tuple(number, fc.constantFrom('exists', 'all', 'exists_one'))
        .map(([n, macro]) => `payload.l.${macro}(x, x > ${n} - 3)`),
      number.map((n) => `payload.l.filter(x, x != ${n}).size() == 3`),
      fc.tuple(tie('bool'), fc.constantFrom('&&', '||', '=='), tie('bool')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
      tie('bool').map((a) => `!(${a})`),
      fc.tuple(tie('bool'), tie('bool'), tie('bool')).map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
    ),
  })).bool

  it('is what the language says it is', ({ expect }) => {
    const strict = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false })
    const variables = conditionVariables(variablesOf(anEvent({ customDetails: PAYLOAD }), CONTEXT))
    fc.assert(
      fc.property(boolean, (written) => {
        fc.pre(checkCondition(written) === null)
        expect(evaluateCondition(written, variables)).toEqual({ holds: strict.evaluate(written, variables) })
      }),
      { numRuns: 2 * RUNS },
    )
  })
})
