import { expect, it } from 'vitest'
import { errorWithin, errorWords } from './field-words.ts'

it.for([
  ['name', 'name: is wrong'],
  ['scheduleLayers', 'layers: is wrong'],
  ['scheduleLayers.1.users', 'Layer 2, people: is wrong'],
  ['scheduleLayers.0.restrictions.2.to', 'Layer 1, times: is wrong'],
  ['shifts.3', 'Shift 4: is wrong'],
] as const)('%s is %s in words', ([path, words]) => {
  expect(errorWords(path, 'is wrong')).toBe(words)
})

it('says of a length what can be done in its field', () => {
  const message = 'must be a duration such as P7D'
  expect(errorWords('scheduleLayers.1.rotation', message)).toBe('Layer 2, turn: must be a whole number, not too large')
})

it('finds an error within a field, and none of its neighbour', () => {
  const errors = { 'scheduleLayers.1.users.0.id': 'gone', 'scheduleLayers.10.users': 'empty' }
  expect(errorWithin(errors, 'scheduleLayers.1.users')).toBe('gone')
  expect(errorWithin(errors, 'scheduleLayers.10.users')).toBe('empty')
  expect(errorWithin(errors, 'scheduleLayers.0.users')).toBeUndefined()
})
