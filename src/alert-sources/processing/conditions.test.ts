import { describe, it } from 'vitest'
import { anEvent } from '../event.fixtures.ts'
import { checkCondition } from './check.ts'
import { conditionVariables } from './condition-values.ts'
import { evaluateCondition } from './conditions.ts'
import { CONTEXT } from './processing.fixtures.ts'
import { variablesOf } from './variables.ts'

const EVENT = anEvent({
  severity: 2,
  labels: { team: 'db', 'kubernetes.io/name': 'web' },
  customDetails: JSON.parse(`{
    "host": "db-1", "count": 5, "load": 0.75, "flag": true, "nothing": null, "list": ["a", "b"], "wrong": "5",
    "alerts": [{ "name": "a", "status": "firing", "value": 7 }, { "name": "b" }, { "name": "c", "status": "firing" }],
    "deep": { "er": { "est": "x" } }, "constructor": { "x": 1 }, "__proto__": { "polluted": true }
  }`),
})

const evaluate = (condition: string, event = EVENT) =>
  evaluateCondition(condition, conditionVariables(variablesOf(event, CONTEXT)))

/** True or false, or why it is neither. */
const answer = (condition: string, event = EVENT) => Object.values(evaluate(condition, event))[0]

describe('a condition', () => {
  it('sees the event, the payload, the source and the time', ({ expect }) => {
    for (const condition of [
      'event.type == "ALERT" && event.summary.startsWith("Disk")',
      'event.severity <= 2 && event.labels.team == "db"',
      'event.labels["kubernetes.io/name"] == "web"',
      'payload.host in ["db-1", "db-2"]',
      'payload.count == 5 && payload.count > 4.5 && payload.count * 2 == 10 && payload.count + 0.5 < 6',
      'payload.load > 0.7 && payload.load * 100 > 70 && payload.load < 1',
      'payload.flag',
      '"a" in payload.list && !("c" in payload.list)',
      'payload.alerts.exists(a, a.status == "firing")',
      'payload.alerts.filter(a, a.status == "firing").size() == 2',
      'payload.alerts[0].name == "a"',
      'payload.deep.er.est == "x" && has(payload.deep.er.est)',
      'source.shortName == "PROM" && source.id == 5',
      'now.getHours() == 12 && now.getHours("Europe/Berlin") == 13',
      'now.getDayOfWeek() in [1, 2, 3, 4, 5]',
      'payload.load > 0.5 ? payload.flag : false',
    ]) {
      expect(answer(condition), condition).toBe(true)
    }
  })

  it('searches by regular expression and by glob', ({ expect }) => {
    expect(answer('re(event.summary, "^Disk .* on db-[0-9]+$")')).toBe(true)
    expect(answer('re(event.summary, "disk")')).toBe(false)
    expect(answer('re(event.summary, "(?i)disk")')).toBe(true)
    expect(answer('glob(payload.host, "db-*")')).toBe(true)
    expect(answer('glob(payload.host, "d?-1")')).toBe(true)
    expect(answer('glob(payload.host, "b-*")')).toBe(false)
    expect(answer('glob(payload.host, "db.1")')).toBe(false)
    expect(answer('re(payload.absent, "x")')).toBe(false)
    expect(answer('re(payload.count, "5")')).toMatch(/only a text can be searched/)
  })

  it('takes what is absent for null', ({ expect }) => {
    for (const condition of [
      'payload.absent == null && payload.absent.further.down == null && payload.nothing == null',
      'event.key == null && event.priority == null',
      'payload.absent != "x"',
      'payload.list[7] == null && payload.alerts[7].name == null && payload.absent[0] == null',
      'payload.host.further == null',
      '!has(payload.absent) && !has(payload.absent.further) && has(payload.host)',
      '!payload.absent && !payload.absent.contains("x") && payload.absent.size() == 0 && size(payload.absent) == 0',
      '!payload.absent.exists(a, a.b == 1) && !("x" in payload.absent)',
      '!(payload.absent < 5) && !(payload.absent >= 5) && !(payload.absent > payload.absent)',
      'payload.absent || payload.flag',
      '(payload.absent).further == null && (payload).deep.er.est == "x"',
      'payload . deep . er . est == "x"',
      'payload[payload.absent] == null',
    ]) {
      expect(answer(condition), condition).toBe(true)
    }
    expect(answer('payload.absent')).toBe(false)
  })

  it('is undecided, and not failed, where it computes with what is absent', ({ expect }) => {
    expect(evaluate('payload.absent + 1 > 5')).toEqual({ undecided: expect.any(String) })
    expect(evaluate('event.summary.contains(payload.absent)')).toEqual({ undecided: expect.any(String) })
    expect(answer('payload.absent + 1 > 5 || payload.flag')).toBe(true)
  })

  it('fails with words where a value is of another kind', ({ expect }) => {
    expect(answer('payload.wrong > 3')).toBe(
      '“text > number” is not possible: convert with int(…), double(…) or string(…).',
    )
    expect(answer('int(payload.wrong) > 3')).toBe(true)
    expect(answer('payload.host')).toMatch(/must be true or false/)
    expect(answer('payload.host.exists(x, x == "a")')).toMatch(/only a list can be gone through/)
  })

  it('sees own properties only', ({ expect }) => {
    expect(
      answer('payload.constructor.x == 1 && payload.deep.constructor == null && event.labels.toString == null'),
    ).toBe(true)
    expect(answer('payload.polluted == null && payload.list.length == null')).toBe(true)
  })
})

describe('checking a condition', () => {
  const WRONG: [string, RegExp][] = [
    ['event.severity = 3', /^Character 16: a comparison is written with ==/],
    ['event.severity <= ', /^Character \d+: not expected here: the end/],
    ['(event.severity <= 3', /expected “\)”, but there is the end/],
    ['event.type == "ALERT" and payload.x', /“and” is written &&/],
    ['event.type ==\n  alert', /^Line 2, character 3: there is no “alert”.*quotes/],
    ['event.sumary == "x"', /an event has no field “sumary”; it has type, key, summary/],
    ['payload.x.foo()', /there is no function foo/],
    ['"a" == 1', /“text == number” is not possible/],
    ['"a"', /It is a text, but must be true or false/],
    ['1 + 1', /It is a number/],
    ['re(payload.x, "(")', /pattern is not valid: missing closing \)/],
    ['re(payload.x, payload.y)', /pattern of re\(…\) must be written out/],
    ['re(payload.x, "(?=a)")', /pattern is not valid/],
    ['payload.?x == 1', /needs no “\?”/],
  ]

  it('says where and what to change', ({ expect }) => {
    for (const [condition, words] of WRONG) expect(checkCondition(condition), condition).toMatch(words)
    expect(checkCondition('payload.x == 1')).toBeNull()
  })

  it('refuses what could cost too much', ({ expect }) => {
    for (const [condition, words] of [
      ['payload.x.matches("(a+)+$")', /write re\(text, "pattern"\)/],
      ['payload.x.exists(a, payload.y.exists(b, a == b))', /exists\(…\) can’t be within exists\(…\)/],
      ['payload.x.filter(a, a.y.all(b, b > 1)).size() > 1', /all\(…\) can’t be within filter/],
      ['payload.x.map(a, a + a).size() > 0', /there is no function map/],
      ['cel.bind(x, payload.a + payload.a, x == "")', /there is no function bind/],
      ['payload.x.split("").size() > 0', /there is no function split/],
      ['["a", payload.x].join() == ""', /there is no function join/],
      [`payload.x.exists(a, ${Array(12).fill('a').join(' + ')} == "")`, /too many \+ within exists/],
      [`${Array(200).fill('1').join('+')} == 1`, /too large/],
      [`${'('.repeat(100)}true${')'.repeat(100)}`, /too large/],
      ['re(payload.x, "a{1000}b{1000}")', /pattern is too large/],
      [`payload.${'a'.repeat(1100)}`, /longer than 1024/],
    ] as const) {
      expect(checkCondition(condition), condition).toMatch(words)
    }
  })

  it('lets loops follow one another', ({ expect }) => {
    expect(checkCondition('payload.a.exists(x, x > 1) && payload.b.filter(x, x.y).all(z, z.w == 1)')).toBeNull()
  })
})
