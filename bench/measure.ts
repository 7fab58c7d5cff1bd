/** One number of one run. */
export interface Measure {
  name: string
  value: number
  unit: 'ms' | 's' | 'per s' | 'rows' | 'messages' | 'incidents'
  /** What the design asks for; a bound from above unless `atLeast`. */
  target?: number
  atLeast?: boolean
}

export type Storage = 'disk' | 'tmpfs' | '–'

/** A number over all its runs. */
export interface Result extends Measure {
  storage: Storage
  /** `value` is their median. */
  runs: number[]
}
