import { Cron } from 'croner'
import { afterEach, describe, it, vi } from 'vitest'
import { aPing, cron, every, HOUR, MINUTE, SECOND } from './heartbeat.fixtures.ts'
import type { HeartbeatSettings, Ping } from './heartbeat.ts'
import { owedEvent } from './report.ts'
import {
  paused,
  pinged,
  reported,
  resumed,
  settingsChanged,
  stateOf,
  timePassed,
  UNWATCHED,
  type Watch,
} from './watch.ts'

const START = Date.parse('2026-03-02T10:00:00Z')

/** A heartbeat in a test: each step answers what it reports, which is then taken. */
class Beating {
  watch: Watch = UNWATCHED
  durationMs: number | null = null

  constructor(public settings: HeartbeatSettings) {}

  ping(at: number, fields: Partial<Ping> = {}) {
    const { watch, durationMs } = pinged(this.watch, aPing(START + at, fields), this.settings)
    this.watch = watch
    this.durationMs = durationMs
    return this.#report()
  }

  pass(at: number) {
    this.watch = timePassed(this.watch, this.settings, START + at)
    return this.#report()
  }

  change(settings: HeartbeatSettings, at: number) {
    this.settings = settings
    this.watch = settingsChanged(this.watch, settings, START + at)
    return this.#report()
  }

  state(at: number) {
    return stateOf(this.watch, START + at)
  }

  get due() {
    return this.watch.dueAt && this.watch.dueAt - START
  }

  #report() {
    const { owed } = this.watch
    if (owed) this.watch = reported(this.watch, owed)
    return owed
  }
}

afterEach(() => void vi.restoreAllMocks())

describe('a heartbeat', () => {
  it('is unknown and never late before its first ping', ({ expect }) => {
    const job = new Beating(every(5 * MINUTE))
    expect(job.pass(1000 * 24 * HOUR)).toBeNull()
    expect(job.ping(0, { kind: 'log' })).toBeNull()
    expect(job.state(0)).toBe('UNKNOWN')
    expect(job.due).toBeNull()
  })

  it('is late exactly when it is due, once, until it reports again', ({ expect }) => {
    const job = new Beating(every(5 * MINUTE))
    expect(job.ping(0)).toBeNull()
    expect(job.state(0)).toBe('HEALTHY')
    expect(job.pass(6 * MINUTE - 1)).toBeNull()
    expect(job.state(6 * MINUTE - 1)).toBe('HEALTHY')
    expect(job.pass(6 * MINUTE)).toBe('ALERT')
    expect(job.state(6 * MINUTE)).toBe('OVERDUE')
    expect(job.pass(48 * HOUR)).toBeNull()
    expect(job.ping(48 * HOUR)).toBe('RESOLVE')
    expect(job.state(48 * HOUR)).toBe('HEALTHY')
    expect(job.ping(48 * HOUR + MINUTE)).toBeNull()
  })

  it('that fails alerts at once, and a success resolves', ({ expect }) => {
    const job = new Beating(every(5 * MINUTE))
    expect(job.ping(0, { kind: 'fail', exitCode: 3 })).toBe('ALERT')
    expect(job.state(0)).toBe('FAILED')
    expect(job.ping(MINUTE, { kind: 'log' })).toBeNull()
    expect(job.state(MINUTE)).toBe('FAILED')
    expect(job.ping(2 * MINUTE)).toBe('RESOLVE')
  })

  it('tells each failure, for the incident of the last one may be resolved by hand', ({ expect }) => {
    const job = new Beating(every(5 * MINUTE))
    expect(job.ping(0, { kind: 'fail' })).toBe('ALERT')
    expect(job.ping(MINUTE, { kind: 'fail' })).toBe('ALERT')
    expect(job.pass(7 * MINUTE)).toBe('ALERT')
    expect(job.state(7 * MINUTE)).toBe('OVERDUE')
  })

  it('that was late while nobody had to know says nothing when it is back', ({ expect }) => {
    const settings = every(5 * MINUTE)
    const first = pinged(UNWATCHED, aPing(START), settings).watch
    const late = timePassed(first, settings, START + HOUR)
    expect(late.owed).toBe('ALERT')
    expect(pinged(late, aPing(START + 2 * HOUR), settings).watch.owed).toBeNull()
  })

  it('keeps an event until it is reported, and no older report settles it', ({ expect }) => {
    const settings = every(5 * MINUTE)
    const failed = pinged(UNWATCHED, aPing(START, { kind: 'fail' }), settings).watch
    expect(reported(failed, 'RESOLVE').owed).toBe('ALERT')
    expect(reported(failed, 'ALERT')).toMatchObject({ owed: null, alerted: true })
  })

  it('owes a resolve where it was well again before its alert was taken', ({ expect }) => {
    const settings = every(5 * MINUTE)
    const failed = pinged(UNWATCHED, aPing(START, { kind: 'fail' }), settings).watch
    const well = pinged(failed, aPing(START + SECOND), settings).watch
    expect(well.owed).toBeNull()
    const alerted = reported(well, 'ALERT')
    expect(alerted.owed).toBe('RESOLVE')
    expect(reported(alerted, 'RESOLVE')).toMatchObject({ owed: null, alerted: false })
  })

  it('by cron is due at the next time after its last ping, with the grace', ({ expect }) => {
    const job = new Beating(cron('0 2 * * *', 'Europe/Berlin', 30 * MINUTE))
    job.ping(Date.parse('2026-03-28T01:00:07Z') - START)
    // 02:00 does not exist on the 29th: the job runs at 03:00 in summer time.
    const due = Date.parse('2026-03-29T01:30:00Z') - START
    expect(job.due).toBe(due)
    expect(job.pass(due - 1)).toBeNull()
    expect(job.pass(due)).toBe('ALERT')
    expect(job.ping(due + MINUTE)).toBe('RESOLVE')
    expect(job.due).toBe(Date.parse('2026-03-30T00:30:00Z') - START)
  })

  it('asks the cron expression once a ping, however long it waits', ({ expect }) => {
    const asked = vi.spyOn(Cron.prototype, 'nextRun')
    const job = new Beating(cron('*/5 * * * *'))
    job.ping(0)
    job.pass(30 * 365 * 24 * HOUR)
    job.ping(30 * 365 * 24 * HOUR)
    expect(asked).toHaveBeenCalledTimes(2)
  })
})

describe('a run', () => {
  it('takes from its start to its end', ({ expect }) => {
    const job = new Beating(every(HOUR))
    job.ping(0, { kind: 'start' })
    job.ping(90 * SECOND)
    expect(job.durationMs).toBe(90 * SECOND)
    job.ping(100 * SECOND)
    expect(job.durationMs).toBeNull()
  })

  it('is paired by its id, beside others', ({ expect }) => {
    const job = new Beating(every(HOUR))
    job.ping(0, { kind: 'start', runId: 'a' })
    job.ping(10 * SECOND, { kind: 'start', runId: 'b' })
    job.ping(20 * SECOND, { kind: 'start', runId: 'b' })
    job.ping(30 * SECOND, { runId: 'b' })
    expect(job.durationMs).toBe(20 * SECOND)
    expect(job.due).toBe(HOUR + MINUTE)
    job.ping(40 * SECOND, { kind: 'fail', runId: 'a' })
    expect(job.durationMs).toBe(40 * SECOND)
    job.ping(50 * SECOND, { runId: 'c' })
    expect(job.durationMs).toBeNull()
  })

  it('by cron must end within the grace, whenever the next one is', ({ expect }) => {
    const job = new Beating(cron('0 2 * * *', 'UTC', 10 * MINUTE))
    job.ping(0, { kind: 'start' })
    expect(job.state(0)).toBe('HEALTHY')
    expect(job.due).toBe(10 * MINUTE)
    expect(job.pass(10 * MINUTE)).toBe('ALERT')
    expect(job.watch.late).toBe('unfinished')
    expect(job.ping(11 * MINUTE)).toBe('RESOLVE')
    expect(job.durationMs).toBe(11 * MINUTE)
  })

  it('by interval has as long as two pings may be apart', ({ expect }) => {
    const job = new Beating(every(HOUR))
    job.ping(0)
    job.ping(30 * MINUTE, { kind: 'start' })
    expect(job.due).toBe(90 * MINUTE + MINUTE)
  })

  it('that begins again and again and never ends is late all the same', ({ expect }) => {
    const job = new Beating(every(HOUR))
    job.ping(0)
    for (let at = MINUTE; at < HOUR + MINUTE; at += MINUTE) job.ping(at, { kind: 'start' })
    expect(job.due).toBe(MINUTE + HOUR + MINUTE)
    job.ping(HOUR + 90 * SECOND)
    expect(job.durationMs).toBe(90 * SECOND)
  })

  it('that was given up does not make the next one late', ({ expect }) => {
    const job = new Beating(every(HOUR))
    job.ping(0, { kind: 'start', runId: 'killed' })
    expect(job.pass(2 * HOUR)).toBe('ALERT')
    expect(job.ping(2 * HOUR, { kind: 'start', runId: 'next' })).toBeNull()
    expect(job.state(2 * HOUR)).toBe('OVERDUE')
    expect(job.ping(2 * HOUR + MINUTE, { runId: 'next' })).toBe('RESOLVE')
    expect(job.watch.runs).toEqual([])
    expect(job.due).toBe(3 * HOUR + 2 * MINUTE)
  })
})

describe('other settings', () => {
  it('that are the same change nothing', ({ expect }) => {
    const job = new Beating(every(HOUR))
    job.ping(0)
    const before = job.watch
    job.change({ ...every(HOUR), summary: 'Backup is missing' }, 2 * HOUR)
    expect(job.watch).toBe(before)
  })

  it('move the due time', ({ expect }) => {
    const job = new Beating(every(HOUR))
    job.ping(0)
    job.change(every(2 * HOUR), 10 * MINUTE)
    expect(job.due).toBe(2 * HOUR + MINUTE)
  })

  it('never make it late at once: what would be is expected from then on', ({ expect }) => {
    const job = new Beating(every(24 * HOUR))
    job.ping(0)
    expect(job.change(every(5 * MINUTE), 10 * HOUR)).toBeNull()
    expect(job.due).toBe(10 * HOUR + 6 * MINUTE)
    expect(job.pass(10 * HOUR + 6 * MINUTE)).toBe('ALERT')
  })

  it('do not resolve a failure', ({ expect }) => {
    const job = new Beating(every(5 * MINUTE))
    job.ping(0, { kind: 'fail' })
    expect(job.pass(HOUR)).toBe('ALERT')
    expect(job.change(every(24 * HOUR), HOUR)).toBeNull()
    expect(job.state(HOUR)).toBe('FAILED')
    expect(job.ping(HOUR + MINUTE)).toBe('RESOLVE')
  })

  it('by which it was never late resolve, others do not', ({ expect }) => {
    const job = new Beating(every(5 * MINUTE))
    job.ping(0)
    expect(job.pass(HOUR)).toBe('ALERT')
    expect(job.change(every(10 * MINUTE), HOUR)).toBeNull()
    expect(job.state(HOUR)).toBe('OVERDUE')
    expect(job.change(every(24 * HOUR), HOUR)).toBe('RESOLVE')
    expect(job.state(HOUR)).toBe('HEALTHY')
    expect(job.due).toBe(24 * HOUR + MINUTE)
  })
})

describe('a pause', () => {
  const DAY = 24 * HOUR
  const watched = every(5 * MINUTE)
  const first = pinged(UNWATCHED, aPing(START), watched).watch

  it('ends with one interval and its grace to ping in', ({ expect }) => {
    const again = resumed(paused(first), watched, START + DAY)
    expect(stateOf(again, START + DAY)).toBe('HEALTHY')
    expect(timePassed(again, watched, START + DAY + 6 * MINUTE - 1).owed).toBeNull()
    expect(timePassed(again, watched, START + DAY + 6 * MINUTE).owed).toBe('ALERT')
  })

  it('by cron ends with the next time and its grace', ({ expect }) => {
    const nightly = cron('0 2 * * *', 'UTC', 30 * MINUTE)
    const begun = pinged(first, aPing(START, { kind: 'start' }), nightly).watch
    const again = resumed(paused(begun), nightly, START + DAY)
    expect(again.dueAt).toBe(Date.parse('2026-03-04T02:30:00Z'))
  })

  it('says nothing of what failed or was late in it or before it, unless that was told', ({ expect }) => {
    const failed = pinged(paused(first), aPing(START + HOUR, { kind: 'fail' }), watched).watch
    for (const before of [failed, paused(timePassed(first, watched, START + HOUR))]) {
      expect(before.owed).toBe('ALERT')
      const again = resumed(before, watched, START + DAY)
      expect(again.owed).toBeNull()
      expect(pinged(again, aPing(START + DAY), watched).watch.owed).toBeNull()
    }
    const told = reported(timePassed(first, watched, START + HOUR), 'ALERT')
    const again = resumed(paused(told), watched, START + DAY)
    expect(pinged(again, aPing(START + DAY), watched).watch.owed).toBe('RESOLVE')
  })

  it('does not expect a first ping, nor what was not paused', ({ expect }) => {
    expect(resumed(paused(UNWATCHED), watched, START).dueAt).toBeNull()
    expect(resumed(first, watched, START + DAY)).toBe(first)
  })
})

describe('what is reported', () => {
  it('says in words what is missing and since when', ({ expect }) => {
    const settings = cron('0 2 * * *', 'Europe/Berlin', 90 * MINUTE)
    const at = Date.parse('2026-03-28T01:10:00Z')
    const late = timePassed(pinged(UNWATCHED, aPing(at), settings).watch, settings, at + 48 * HOUR)
    expect(owedEvent(late, settings, 'Backup', null)).toEqual({
      type: 'ALERT',
      key: 'heartbeat',
      summary: 'Backup did not report',
      details: [
        'No ping came by Sun 29 Mar 2026 04:30 (Europe/Berlin).',
        'Last ping: Sat 28 Mar 2026 02:10 (Europe/Berlin).',
        'Expected at 0 2 * * * (cron, Europe/Berlin), with 1 h 30 min of grace.',
      ].join('\n'),
    })
    const named = { ...settings, summary: 'No backup tonight' }
    expect(owedEvent(late, named, 'Backup', null)?.summary).toBe('No backup tonight')
  })

  it('says how a run failed, and what it printed', ({ expect }) => {
    const settings = every(HOUR)
    const failed = (exitCode: number | null) =>
      owedEvent(
        pinged(UNWATCHED, aPing(START, { kind: 'fail', exitCode }), settings).watch,
        settings,
        'Backup',
        'disk full',
      )
    expect(failed(3)).toMatchObject({ summary: 'Backup failed with exit code 3', details: 'disk full' })
    expect(failed(null)).toMatchObject({ summary: 'Backup reported a failure' })
  })
})
