import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { PagerProfile, PreferenceStep } from '../notifications/model.ts'
import { ann, anOpening, aPlan, aSchedule, ben, HOUR, IncidentStory, level, MINUTE, NOON } from './incident.fixtures.ts'
import type { Opening, Person } from './model.ts'
import { opening } from './random-life.fixtures.ts'
import { simulate, unanswered, usersPaged } from './simulation.ts'

const step = (channel: PreferenceStep['channel'], minutes: number, target = '+4915112345678'): PreferenceStep => ({
  ...{ channel, target, delayMs: minutes * MINUTE },
})

function profileOf({ userId, name }: Person, ...HIGH: PreferenceStep[]): [number, PagerProfile] {
  return [
    userId,
    { userId, name, language: 'en', steps: { HIGH, LOW: [step('EMAIL', 0, 'low@example.com')] }, revision: 1 },
  ]
}

/** "5 SMS Ann …5678", in minutes after noon; and whether there is more. */
function notifications(given: Partial<Opening>, ...profiles: [number, PagerProfile][]) {
  const { steps, cut } = simulate(unanswered(anOpening(given)), new Map(profiles))
  const sent = steps.flatMap((each) =>
    each.type === 'notification' ? `${(each.at - NOON) / MINUTE} ${each.channel} ${each.user.name} ${each.target}` : [],
  )
  return { sent, cut }
}

describe('a simulation', () => {
  it('walks the preferences of whoever is on call', ({ expect }) => {
    const primary = aSchedule('Primary', [ann, -60, 5], [ben, 5, 60])
    const plan = aPlan([level(5, primary), level(5, primary)], { schedules: [primary] })
    const profiles = [profileOf(ann, step('SMS', 0), step('VOICE', 2), step('SMS', 7)), profileOf(ben, step('PUSH', 1))]
    expect(notifications({ plan }, ...profiles).sent).toEqual([
      '0 SMS Ann …5678',
      '2 VOICE Ann …5678',
      '6 PUSH Ben ',
      '7 SMS Ann …5678',
    ])
  })

  it('sends one message where several are due for one contact, and starts afresh who is paged again', ({ expect }) => {
    const plan = aPlan([level(5, ann)], { passes: 2 })
    expect(notifications({ plan }, profileOf(ann, step('SMS', 0), step('SMS', 0), step('SMS', 9))).sent).toEqual([
      '0 SMS Ann …5678',
      '5 SMS Ann …5678',
      '14 SMS Ann …5678',
    ])
  })

  it('uses the preferences for its priority', ({ expect }) => {
    expect(notifications({ priority: 'LOW' }, profileOf(ann, step('SMS', 0))).sent).toEqual([
      '0 EMAIL Ann l…@example.com',
    ])
  })

  it('stops telling people when the incident resolves by itself', ({ expect }) => {
    const profiles = [profileOf(ann, step('SMS', 0), step('VOICE', 4)), profileOf(ben)]
    expect(notifications({ autoResolveAfterMs: 3 * MINUTE }, ...profiles)).toEqual({
      ...{ sent: ['0 SMS Ann …5678'], cut: false },
    })
  })

  it('looks one day ahead, and says when there is more', ({ expect }) => {
    expect(notifications({}, profileOf(ann, step('SMS', 24 * 60)), profileOf(ben)).cut).toBe(false)
    expect(notifications({}, profileOf(ann, step('SMS', 24 * 60 + 1)), profileOf(ben))).toEqual({ sent: [], cut: true })
    const plan = aPlan([level(25 * 60, ann), level(5, ben)])
    expect(notifications({ plan }, profileOf(ann))).toEqual({ sent: [], cut: true })
  })

  it('tells the timeline of a real incident that nobody answers', ({ expect }) => {
    fc.assert(
      fc.property(opening, (given) => {
        const course = unanswered(given)
        const told = simulate(course, new Map()).steps.map((each) => each.type === 'timeline' && each.text)
        const story = new IncidentStory(given).pass(24 * HOUR)
        expect(story.told().slice(0, 200)).toEqual(told)
        expect(new Set(story.state.responders.map(({ userId }) => userId))).toEqual(new Set(usersPaged(course)))
      }),
      { numRuns: 300 },
    )
  })
})
