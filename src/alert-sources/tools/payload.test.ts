import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../limits.ts'
import { Payload } from './payload.ts'
import { Unreadable } from './tool.ts'

const payload = new Payload({
  name: ' web-1 ',
  count: 3,
  ratio: '0.5',
  ok: false,
  nothing: null,
  empty: '  ',
  nested: { list: [{ id: 'a' }, 'b', null] },
  labels: { team: 'shop', size: 2, deep: {}, none: null },
})

describe('a payload', () => {
  it('gives text, also for numbers and booleans, and trimmed', () => {
    expect(payload.text('name')).toBe('web-1')
    expect(payload.text('count')).toBe('3')
    expect(payload.text('ok')).toBe('false')
    expect(payload.text('nested', 'list', 0, 'id')).toBe('a')
    expect(payload.text('nested', 'list', 1)).toBe('b')
  })

  it.each(['nothing', 'empty', 'nested', 'absent'])('has no text at %s', (name) => {
    expect(payload.text(name)).toBeNull()
  })

  it('gives the first text of several', () => {
    expect(payload.firstText('absent', 'empty', 'name', 'count')).toBe('web-1')
    expect(payload.firstText('absent')).toBeNull()
  })

  it('gives numbers, also sent as text', () => {
    expect([payload.number('count'), payload.number('ratio'), payload.number('name')]).toEqual([3, 0.5, null])
    expect(new Payload({ n: 'Infinity' }).number('n')).toBeNull()
    expect(new Payload({ n: Number.NaN }).text('n')).toBeNull()
  })

  it('gives the elements of a list, and none of what is no list', () => {
    expect(payload.list('nested', 'list').map((item) => item.text('id'))).toEqual(['a', null, null])
    expect(payload.list('name')).toEqual([])
  })

  it('gives no more elements than would be refused as events', () => {
    const long = new Payload(Array.from({ length: LIMITS.eventsPerRequest * 3 }, (_, index) => index))
    expect(long.list()).toHaveLength(LIMITS.eventsPerRequest + 1)
  })

  it('gives the fields that are text by their names', () => {
    expect(payload.texts('labels')).toEqual({ team: 'shop', size: '2' })
    expect(payload.texts('nested', 'list')).toEqual({})
    expect(payload.names()).toContain('nested')
  })

  it('names the field that is missing', () => {
    expect(() => payload.at('nested').required('list', 0, 'name')).toThrow(
      new Unreadable('nested.list.0.name is missing or is not text', 'nested.list.0.name'),
    )
    const [first] = payload.list('nested', 'list')
    expect(() => first?.required('x')).toThrow(/^nested\.list\.0\.x /)
  })

  it('sees nothing that was not sent', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'length']) {
      expect(payload.at(name).value).toBeUndefined()
      expect(payload.at('nested', name, 'name').value).toBeUndefined()
    }
    const sent = new Payload(JSON.parse('{"__proto__": {"a": "b"}, "constructor": "mine"}'))
    expect(sent.names()).toEqual(['constructor'])
    expect(sent.texts()).toEqual({ constructor: 'mine' })
  })

  it('never fails, whatever was sent and asked for', () => {
    const step = fc.oneof(fc.string(), fc.nat(3), fc.constantFrom('__proto__', 'constructor', 'length'))
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(step, { maxLength: 4 }), (value, path) => {
        const found = new Payload(value).at(...path)
        const text = found.text()
        expect(text === null || text === text.trim()).toBe(true)
        expect(found.isList() && found.isObject()).toBe(false)
        expect(found.list().length).toBeLessThanOrEqual(LIMITS.eventsPerRequest + 1)
        expect(Object.keys(found.texts()).every((name) => found.names().includes(name))).toBe(true)
      }),
    )
  })
})
