/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from 'vitest'
import type { Layer, Schedule } from './model.ts'
import { gaps, onCallAt, shifts } from './on-call.ts'

/** As cases/README.md describes. Users have names there and numbers here. */
interface Case {
  id: string
  title: string
  schedule: {
    timeZone: string
    layers: (Omit<Layer, 'users'> & { users: string[] })[]
    overrides: NamedShift[]
  }
  checks: { at: string; onCall: string | null }[]
  shifts?: { from: string; to: string; expected: NamedShift[] }
}

interface NamedShift {
  user: string
  start: string
  end: string
}

class Names {
  readonly #names: string[] = []

  numberOf(name: string): number {
    if (!this.#names.includes(name)) this.#names.push(name)
    return this.#names.indexOf(name)
  }

  nameOf(number: number | null): string | null {
    return number === null ? null : (this.#names[number] ?? null)
  }
}

function scheduleOf({ schedule: { timeZone, layers, overrides } }: Case, names: Names): Schedule {
  return {
    type: 'recurring',
    timeZone,
    layers: layers.map((layer) => ({ ...layer, users: layer.users.map((name) => names.numberOf(name)) })),
    overrides: overrides.map(({ user, start, end }) => ({
      userId: names.numberOf(user),
      start: Date.parse(start),
      end: Date.parse(end),
    })),
  }
}

const files = import.meta.glob<Case[]>('./cases/*.json', { eager: true, import: 'default' })

for (const [file, cases] of Object.entries(files)) {
  describe(file.replace('./cases/', ''), () => {
    it.each(cases.map((given) => [`${given.id}: ${given.title}`, given] as const))('%s', (_, given) => {
      const names = new Names()
      const schedule = scheduleOf(given, names)
      for (const { at, onCall } of given.checks) {
        expect.soft(names.nameOf(onCallAt(schedule, Date.parse(at))), at).toBe(onCall)
      }
      if (!given.shifts) return
      const [from, to] = [Date.parse(given.shifts.from), Date.parse(given.shifts.to)]
      const iso = (instant: number) => new Date(instant).toISOString().replace('.000Z', 'Z')
      const found = shifts(schedule, from, to)
      expect(
        found.map(({ userId, start, end }) => ({ user: names.nameOf(userId), start: iso(start), end: iso(end) })),
      ).toEqual(given.shifts.expected)
      expect([...found, ...gaps(schedule, from, to)].reduce((sum, { start, end }) => sum + end - start, 0)).toBe(
        to - from,
      )
    })
  })
}
