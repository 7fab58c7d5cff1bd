import { describe } from 'vitest'
import { DAY, HOUR, jumpTo, MINUTE } from './harness/clock.ts'
import { it, sms } from './harness/tocsin.ts'

/**
 * Ann and Ben take turns by the day and hand off at 02:30, from 4 January 2040 on. What the clocks do on these nights is
 * written here as instants, from the zones' rules: the product's own conversion is what is being tested.
 */
const NIGHTS: { zone: string; spring: Night; autumn: Night }[] = [
  {
    zone: 'Europe/Berlin',
    spring: {
      night: '02:30 does not exist: it is 03:30',
      handOff: '2040-03-25T01:30:00Z',
      before: 'Ann',
      after: 'Ben',
    },
    autumn: {
      ...{ night: '02:30 comes twice: the first counts', handOff: '2040-10-28T00:30:00Z', before: 'Ben', after: 'Ann' },
      again: '2040-10-28T01:30:00Z',
    },
  },
  {
    zone: 'America/New_York',
    spring: {
      night: '02:30 does not exist: it is 03:30',
      handOff: '2040-03-11T07:30:00Z',
      before: 'Ann',
      after: 'Ben',
    },
    autumn: {
      ...{ night: '01:30 comes twice, 02:30 once', handOff: '2040-11-04T07:30:00Z', before: 'Ann', after: 'Ben' },
      again: '2040-11-04T08:30:00Z',
    },
  },
  {
    zone: 'Australia/Lord_Howe',
    // South of the equator the clock goes back in April, here by half an hour.
    spring: { night: '01:30 to 02:00 comes twice', handOff: '2040-03-31T16:00:00Z', before: 'Ben', after: 'Ann' },
    autumn: {
      ...{ night: '02:00 to 02:30 does not exist', handOff: '2040-10-06T15:30:00Z', before: 'Ann', after: 'Ben' },
      again: '2040-10-06T16:30:00Z',
    },
  },
]

/** When the person on call changes, and for nights with more to look at, another instant with the person from after. */
interface Night {
  night: string
  handOff: string
  before: 'Ann' | 'Ben'
  after: 'Ann' | 'Ben'
  again?: string
}

describe('on the nights on which the clocks change', () => {
  for (const { zone, spring, autumn } of NIGHTS) {
    it(`in ${zone} the right phone rings at 02:30`, async ({ tocsin }) => {
      const people = { Ann: await tocsin.user('Ann', sms()), Ben: await tocsin.user('Ben', sms()) }
      const primary = await tocsin.schedule('Primary', zone, {
        users: [people.Ann, people.Ben],
        startsOn: '2040-01-04T02:30',
      })
      const web = await tocsin.source(await tocsin.policy([[primary]]))
      const ringsAt = async (instant: number, name: Night['before'], why: string) => {
        jumpTo(instant)
        const incident = await web.alert(`${why} in ${zone}`)
        await people[name].getsSms(`${why} in ${zone}`)
        await tocsin.api.put(`/incidents/${incident}/resolve`)
        await tocsin.carrier.expectSilence()
      }
      for (const { handOff, before, after, night, again } of [spring, autumn]) {
        const at = Date.parse(handOff)
        await ringsAt(at - 1, before, `Before: ${night}`)
        await ringsAt(at, after, `After: ${night}`)
        if (again) await ringsAt(Date.parse(again), after, `An hour later: ${night}`)
        await ringsAt(at + DAY - 2 * HOUR, after, 'In the evening')
      }
    })
  }
})

describe('a level that names a schedule', () => {
  it('pages whoever is on call when its time comes, not when the incident opened', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', sms())
    const cleo = await tocsin.user('Cleo', sms())
    // Hand-off at 09:03; the incident opens at 09:00, and its second level is due at 09:05.
    const primary = await tocsin.schedule('Primary', 'UTC', { users: [ben, cleo], startsOn: '2040-01-03T09:03' })
    const web = await tocsin.source(await tocsin.policy([[ann], [primary]]))
    const incident = await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await tocsin.pass(5 * MINUTE)
    await cleo.getsSms('Disk full')
    expect(await tocsin.timeline(incident)).toContain('Paged level 2: Cleo Example (on call for Primary)')
  })

  it('goes by an override made while the incident is open', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', sms())
    const cleo = await tocsin.user('Cleo', sms())
    const primary = await tocsin.schedule('Primary', 'UTC', { users: [ben], startsOn: '2040-01-01T00:00' })
    const web = await tocsin.source(await tocsin.policy([[ann], [primary]]))
    await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await tocsin.pass(2 * MINUTE)
    await primary.override(cleo, Date.now(), Date.now() + HOUR)
    // Both hear of it; the notices are looked at where they are tested.
    await tocsin.carrier.ignore()
    await tocsin.pass(3 * MINUTE)
    await cleo.getsSms('Disk full')
  })

  it('is skipped at once while nobody is on call there', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', sms())
    const nights = await tocsin.schedule('Nights', 'UTC', { users: [ann], startsOn: '2040-06-01T00:00' })
    const web = await tocsin.source(await tocsin.policy([[nights], [ben]]))
    const incident = await web.alert('Disk full')
    await ben.getsSms('Disk full')
    expect(await tocsin.timeline(incident)).toEqual([
      'Opened by an event of Source 1, priority HIGH',
      'Skipped level 1: nobody is on call for Nights',
      'Paged level 2: Ben Example',
      'SMS to Ben Example (…5002) sent through sandbox',
    ])
  })

  it('pages the administrators when no level has anybody', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms())
    const nights = await tocsin.schedule('Nights', 'UTC', { users: [ann], startsOn: '2040-06-01T00:00' })
    const web = await tocsin.source(await tocsin.policy([[nights]]))
    await web.alert('Disk full')
    await tocsin.carrier.expect(tocsin.administrator, 'EMAIL', 'Disk full')
  })
})
