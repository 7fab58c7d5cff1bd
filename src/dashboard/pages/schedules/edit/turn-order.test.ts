import { expect, it } from 'vitest'
import { added, removed, swapped } from './turn-order.ts'

// Ann, Ben, Ann again, Cleo; Cleo shall have the turn.
const [ann, ben, cleo, dora] = [1, 2, 3, 4]
const order = { users: [ann, ben, ann, cleo], wishedTurn: 3 }

it('adds at the end', () => {
  expect(added(order, dora)).toEqual({ users: [ann, ben, ann, cleo, dora], wishedTurn: 3 })
})

it('removes one turn of a person who has two, and goes on wishing for the same', () => {
  expect(removed(order, 0)).toEqual({ users: [ben, ann, cleo], wishedTurn: 2 })
})

it('forgets the wish with the turn it names', () => {
  expect(removed(order, 3)).toEqual({ users: [ann, ben, ann], wishedTurn: null })
})

it('moves the wish with the person', () => {
  expect(swapped(order, 3, 2)).toEqual({ users: [ann, ben, cleo, ann], wishedTurn: 2 })
  expect(swapped(order, 2, 3)).toEqual({ users: [ann, ben, cleo, ann], wishedTurn: 2 })
  expect(swapped(order, 0, 1)).toEqual({ users: [ben, ann, ann, cleo], wishedTurn: 3 })
})
