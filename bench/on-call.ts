import type { Layer, RecurringSchedule, Schedule } from '../src/on-call/model.ts'
import { gaps, nextHandOff, onCallAt, shifts } from '../src/on-call/on-call.ts'

/** What the on-call engine costs: a follow-the-sun schedule of three layers with restrictions, as old as 2005. */
const schedule: RecurringSchedule = {
  type: 'recurring',
  timeZone: 'Europe/Berlin',
  layers: [
    layer('Europe', [1, 2, 3], 'week', weekdays('08:00', '16:00')),
    layer('America', [4, 5, 6, 7], 'day', weekdays('16:00', '00:00')),
    layer('Nights and weekends', [8, 9], 'week', [
      { from: { time: '00:00' }, to: { time: '08:00' } },
      { from: { day: 6, time: '00:00' }, to: { day: 1, time: '08:00' } },
    ]),
  ],
  overrides: [],
}

function layer(name: string, users: number[], unit: 'day' | 'week', restrictions: Layer['restrictions']): Layer {
  return { name, start: '2005-01-03T08:00', users, rotation: { unit, every: 1 }, restrictions }
}

function weekdays(from: string, to: string): Layer['restrictions'] {
  return [1, 2, 3, 4, 5].map((day) => ({
    from: { day, time: from },
    to: { day: to === '00:00' ? day + 1 : day, time: to },
  }))
}

const from = Date.parse('2026-01-01T00:00Z')
const to = Date.parse('2027-01-01T00:00Z')

const cold = milliseconds(() => shifts(schedule, from, to), 1)
const newZone = milliseconds(() => shifts({ ...schedule, timeZone: 'America/New_York' }, from, to), 1)
console.log('on-call: a year of shifts, three layers with restrictions (target: a few ms)')
console.log(`  ${shifts(schedule, from, to).length} shifts, ${gaps(schedule, from, to).length} gaps`)
console.log(`  first of the process             ${cold.toFixed(2)} ms`)
console.log(`  first of a zone                  ${newZone.toFixed(2)} ms`)
console.log(`  median of 200                    ${milliseconds(() => shifts(schedule, from, to), 200).toFixed(2)} ms`)
console.log(
  `  with 500 overrides               ${milliseconds(() => shifts(withOverrides(500), from, to), 50).toFixed(2)} ms`,
)
console.log(
  `who is on call at an instant       ${(milliseconds(() => onCallAt(schedule, from), 2000) * 1000).toFixed(1)} µs`,
)
console.log(
  `the next hand-off                  ${(milliseconds(() => nextHandOff(schedule, from), 500) * 1000).toFixed(1)} µs`,
)
console.log(`no next hand-off in five years     ${milliseconds(() => nextHandOff(always(), from), 20).toFixed(2)} ms`)

function withOverrides(count: number): Schedule {
  const hour = 3_600_000
  const overrides = Array.from({ length: count }, (_, index) => {
    const start = from + index * 17 * hour
    return { userId: 10, start, end: start + 8 * hour }
  })
  return { ...schedule, overrides }
}

/** The worst case of looking ahead: turns that change hands every hour behind a layer that never does. */
function always(): Schedule {
  const hourly: Layer = { ...layer('Hourly', [1, 2], 'day', []), rotation: { unit: 'hour', every: 1 } }
  return { ...schedule, layers: [hourly, layer('One person', [3], 'week', [])] }
}

/** The median. */
function milliseconds(run: () => unknown, times: number): number {
  const taken = Array.from({ length: times }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  }).sort((a, b) => a - b)
  return taken[times >> 1] as number
}
