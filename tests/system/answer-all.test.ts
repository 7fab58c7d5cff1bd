import { env } from 'cloudflare:workers'
import { afterEach, describe, vi } from 'vitest'
import { MINUTE, SECOND, standStill } from './harness/clock.ts'
import { it, sms, type Tocsin } from './harness/tocsin.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** Ann is told of `count` incidents. Answers their references, and the last of her messages to reply to. */
async function toldOf(count: number, tocsin: Tocsin) {
  const ann = await tocsin.user('Ann', sms())
  const web = await tocsin.source(await tocsin.policy([[ann]]))
  const incidents: string[] = []
  for (let index = 1; index <= count; index++) incidents.push(await web.alert(`Disk ${index} is full`))
  await tocsin.pass(21 * SECOND)
  const message = await ann.getsSms('is full')
  await tocsin.carrier.ignore()
  const statuses = async () =>
    new Set(await Promise.all(incidents.map(async (id) => (await tocsin.incident(id)).status)))
  return { message, statuses }
}

describe('an answer to all', () => {
  it('accepts every incident that the person was told of, then there is nothing left', async ({ tocsin, expect }) => {
    const { message, statuses } = await toldOf(10, tocsin)
    await message.reply('1aa', 'Accepted 10 incidents.')
    expect(await statuses()).toEqual(new Set(['ACCEPTED']))
    await message.reply('accept all', 'Nothing is waiting for your answer.')
  })

  it('resolves them likewise, and escalates only one by one', async ({ tocsin, expect }) => {
    const { message, statuses } = await toldOf(2, tocsin)
    await message.reply('ee', 'Escalate incidents one by one.')
    expect(await statuses()).toEqual(new Set(['PENDING']))
    await message.reply('rr', 'Resolved 2 incidents.')
    expect(await statuses()).toEqual(new Set(['RESOLVED']))
  })

  it('does the first 50 at once and the rest in the background', async ({ tocsin, expect }) => {
    const { message, statuses } = await toldOf(60, tocsin)
    await message.reply('aa', 'Accepted 50 incidents, 10 incidents will follow in a moment.')
    await tocsin.pass(SECOND)
    expect(await statuses()).toEqual(new Set(['ACCEPTED']))
  })

  it('is kept for incidents that can not be asked now', async ({ tocsin, expect }) => {
    const { message, statuses } = await toldOf(3, tocsin)
    const fault = vi.spyOn(env.INCIDENT, 'getByName').mockImplementation(() => {
      throw new Error('unreachable')
    })
    await message.reply('aa', 'Accepted 0 incidents, 3 incidents will follow in a moment.')
    fault.mockRestore()
    await tocsin.pass(6 * SECOND)
    expect(await statuses()).toEqual(new Set(['ACCEPTED']))
  })

  it('is given up where they could not be asked for long: nobody may want it any more', async ({ tocsin, expect }) => {
    const { message, statuses } = await toldOf(2, tocsin)
    const fault = vi.spyOn(env.INCIDENT, 'getByName').mockImplementation(() => {
      throw new Error('unreachable')
    })
    await message.reply('aa', 'Accepted 0 incidents, 2 incidents will follow in a moment.')
    fault.mockRestore()
    standStill(16 * MINUTE)
    await tocsin.pass(SECOND)
    expect(await statuses()).toEqual(new Set(['PENDING']))
  })
})
