import fc from 'fast-check'
import { describe, it } from 'vitest'
import {
  admit,
  type BundleWindow,
  bundle,
  bundleDue,
  CALL_MS,
  callEnded,
  contactKey,
  release,
  WINDOW_MS,
} from './bundling.ts'
import type { ChannelName } from './model.ts'

const SECOND = 1_000

interface Run {
  /** When each message went out, and how many it spoke for; 0: for itself. */
  out: { at: number; bundles: number; opens: boolean }[]
  withdrawn: number
  held: number
}

/** Messages become due at `arrivals`; at those listed in `answered` all that is held is answered. */
function run(arrivals: number[], channel: ChannelName = 'SMS', answered: number[] = []): Run {
  let window: BundleWindow | null = null
  const story: Run = { out: [], withdrawn: 0, held: 0 }
  const went = (at: number, bundles: number, openedBefore: number | undefined) =>
    story.out.push({ at, bundles, opens: window?.openedAt !== openedBefore })
  const ring = (until: number) => {
    const due = window && bundleDue(window)
    if (!window || due === null || due > until) return
    const before = window.openedAt
    window = bundle(window, channel, due)
    went(due, story.held, before)
    story.held = 0
  }
  const moments = [
    ...arrivals.map((at) => ({ at, answers: false })),
    ...answered.map((at) => ({ at, answers: true })),
  ].sort((a, b) => a.at - b.at)
  for (const { at, answers } of moments) {
    ring(at)
    if (answers) {
      if (window) window = release(window)
      story.withdrawn += story.held
      story.held = 0
      continue
    }
    const before: number | undefined = (window as BundleWindow | null)?.openedAt
    const admitted = admit(window, channel, at)
    window = admitted.window
    if (admitted.held) story.held++
    else went(at, 0, before)
  }
  ring(Number.POSITIVE_INFINITY)
  return story
}

const shown = ({ out }: Run) => out.map(({ at, bundles }) => [at / SECOND, bundles])

describe('a storm at one contact', () => {
  it('gives three messages at once and one for all others 20 s later', ({ expect }) => {
    expect(shown(run(Array(10).fill(0)))).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [20, 7],
    ])
  })

  it('gives the next bundle when the window is over, which is the first message of the next', ({ expect }) => {
    const arrivals = [0, 0, 0, 0, 30, 40, 181, 182, 183, 184].map((at) => at * SECOND)
    expect(shown(run(arrivals))).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [20, 1],
      [180, 2],
      [181, 0],
      [182, 0],
      [203, 2],
    ])
  })

  it('makes the phone ring once, and again for all others when that call is over', ({ expect }) => {
    expect(shown(run(Array(5).fill(0), 'VOICE'))).toEqual([
      [0, 0],
      [120, 4],
    ])
    const { window } = admit(admit(null, 'VOICE', 0).window, 'VOICE', 5 * SECOND)
    expect(bundleDue(callEnded(window, 9 * SECOND))).toBe(9 * SECOND)
  })

  it('lets no call interrupt another, whatever their priority, and nothing LOW stand before what is HIGH', ({
    expect,
  }) => {
    expect(contactKey('VOICE', '+1', 'LOW')).toBe(contactKey('VOICE', '+1', 'HIGH'))
    expect(contactKey('SMS', '+1', 'LOW')).not.toBe(contactKey('SMS', '+1', 'HIGH'))
    expect(contactKey('SMS', '+1', 'LOW')).not.toBe(contactKey('SMS', '+2', 'LOW'))
  })

  it('holds back nothing that is far enough apart', ({ expect }) => {
    expect(shown(run([0, 100, 200, 300].map((at) => at * SECOND)))).toHaveLength(4)
  })

  it('never gives more than four in a window, and loses nothing', ({ expect }) => {
    const times = fc.array(fc.integer({ min: 0, max: 900 * SECOND }), { maxLength: 80 })
    const channels = fc.constantFrom<ChannelName[]>('SMS', 'VOICE')
    fc.assert(
      fc.property(times, times, channels, (arrivals, answered, channel) => {
        const { out, withdrawn, held } = run(arrivals, channel, answered.slice(0, 5))
        const singles = out.filter(({ bundles }) => bundles === 0).length
        const bundled = out.reduce((sum, { bundles }) => sum + bundles, 0)
        expect(held).toBe(0)
        expect(singles + bundled + withdrawn).toBe(arrivals.length)
        const perWindow: number[] = []
        for (const { opens } of out) {
          if (opens) perWindow.push(0)
          perWindow.push((perWindow.pop() ?? 0) + 1)
        }
        expect(Math.max(0, ...perWindow)).toBeLessThanOrEqual(4)
        const between = out.slice(1).map(({ at }, index) => at - (out[index]?.at ?? 0))
        if (channel === 'VOICE') expect(Math.min(CALL_MS, ...between)).toBe(CALL_MS)
        const opened = out.filter(({ opens }) => opens).map(({ at }) => at)
        opened.slice(1).forEach((at, index) => {
          expect(at - (opened[index] ?? 0)).toBeGreaterThanOrEqual(WINDOW_MS)
        })
      }),
    )
  })
})
