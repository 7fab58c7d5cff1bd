import type { ReactNode } from 'react'
import { PERIOD_ERROR } from './period.ts'

/** By the path of their field. */
export type Errors = Record<string, ReactNode>

/** "Layer 1, people: needs at least one user": an error of a field, for where the field itself is not in sight. */
export function errorWords(path: string, message: string): string {
  const [list = '', index, field] = path.split('.')
  const place = PLACES[list]
  const last = place === undefined || index === undefined ? list : field
  const words = last && (WORDS[last] ?? last)
  const wrong = last && PERIODS.includes(last) ? PERIOD_ERROR : message
  if (last === list) return `${words}: ${wrong}`
  return `${place} ${Number(index) + 1}${words ? `, ${words}` : ''}: ${wrong}`
}

/** The first error at a field or within it, such as that of the second of its people. */
export function errorWithin(errors: Errors, path: string): ReactNode {
  const found = Object.keys(errors).find((each) => each === path || each.startsWith(`${path}.`))
  return found === undefined ? undefined : errors[found]
}

const PERIODS = ['rotation', 'defaultShiftDuration']

const PLACES: Record<string, string> = { scheduleLayers: 'Layer', shifts: 'Shift' }

const WORDS: Record<string, string> = {
  name: 'name',
  timezone: 'time zone',
  scheduleLayers: 'layers',
  startsOn: 'first hand-off',
  endsOn: 'end',
  users: 'people',
  rotation: 'turn',
  restrictions: 'times',
  defaultShiftDuration: 'usual length',
  user: 'person',
  start: 'start',
  end: 'end',
}
