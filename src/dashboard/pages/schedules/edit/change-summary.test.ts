import { expect, it } from 'vitest'
import { changeSummary } from './change-summary.ts'

const [ann, ben, cleo] = [{ id: 1 }, { id: 2 }, { id: 3 }]
const change = (before: { id: number } | null, after: { id: number } | null) => ({ start: '', end: '', before, after })

it.for([
  [[], null],
  [[change(ann, null)], '1 shift of 1 person'],
  [[change(ann, ben)], '1 shift of 2 people'],
  [[change(ann, ben), change(ben, ann), change(null, cleo)], '3 shifts of 3 people'],
] as const)('%j: %s', ([changes, text]) => {
  expect(changeSummary([...changes])).toBe(text)
})
