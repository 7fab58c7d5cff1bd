import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { test } from 'vitest'
import type { AlertSource } from '../../../src/api/schemas/alert-source.ts'
import type { EscalationPolicy } from '../../../src/api/schemas/escalation-policy.ts'
import type { Incident, IncidentSummary, LogEntry } from '../../../src/api/schemas/incident.ts'
import type { Override, Schedule } from '../../../src/api/schemas/schedule.ts'
import type { Contact, Preference, User } from '../../../src/api/schemas/user.ts'
import { verified } from '../../../src/directory/users/verified.fixtures.ts'
import { Api } from './api.ts'
import { Carrier, type ReceivedMessage } from './carrier.ts'
import { MINUTE, pass, releaseClock, stopClock } from './clock.ts'
import { settle, until } from './settle.ts'

/**
 * A whole-system test: `it('...', async ({ tocsin }) => …)` gets a fresh deployment with an administrator. At the end,
 * after three more quiet minutes, any message that no one expected fails the test.
 */
export const it = test.extend<{ tocsin: Tocsin }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest finds out what a fixture needs from its parameter's pattern
  tocsin: async ({}, use) => {
    const tocsin = await Tocsin.start()
    await use(tocsin)
    await tocsin.end()
  },
})

const ADMINISTRATOR = {
  firstName: 'Ada',
  lastName: 'Admin',
  email: 'ada@example.com',
  password: 'correct horse battery',
}

export class Tocsin {
  readonly api = new Api()
  readonly carrier = new Carrier(this.api)
  #phones = 0
  #sources = 0
  administrator = 0

  static async start(): Promise<Tocsin> {
    stopClock()
    await reset()
    await applyD1Migrations(env.DB, env.MIGRATIONS)
    const tocsin = new Tocsin()
    await tocsin.#setUp()
    return tocsin
  }

  /** A person with the notification steps given; none: an e-mail at once. */
  async user(firstName: string, ...steps: Step[]): Promise<TestUser> {
    const email = `${firstName.toLowerCase()}@example.com`
    const { id } = await this.api.post<User>('/users', { firstName, lastName: 'Example', email })
    const number = `+4915112345${String(++this.#phones).padStart(3, '0')}`
    const phone = await this.api.post<Contact>(`/users/${id}/contacts/phone-numbers`, { target: number })
    await verified(id, phone.id)
    const [mailbox] = await this.api.get<Contact[]>(`/users/${id}/contacts/emails`)
    const user = new TestUser(id, firstName, { phone, mailbox: mailbox as Contact }, this)
    for (const step of steps) await user.prefer(step)
    return user
  }

  /** An escalation policy: people and schedules of each level, who have five minutes to answer unless told otherwise. */
  policy(
    levels: (TestUser | TestSchedule)[][],
    options: Partial<EscalationPolicy> & { timeouts?: number[] } = {},
  ): Promise<EscalationPolicy> {
    const { timeouts = [], ...rest } = options
    const idsOf = (targets: (TestUser | TestSchedule)[]) => targets.map(({ id }) => ({ id }))
    return this.api.post('/escalation-policies', {
      name: `Policy ${levels.map((level) => level.map(({ name }) => name).join('+')).join(' then ')}`.slice(0, 100),
      escalationRules: levels.map((targets, index) => ({
        escalationTimeout: timeouts[index] ?? 5,
        users: idsOf(targets.filter((target) => target instanceof TestUser)),
        schedules: idsOf(targets.filter((target) => target instanceof TestSchedule)),
      })),
      ...rest,
    })
  }

  /** A schedule of one layer, in which these people take turns by the day unless told otherwise. */
  async schedule(
    name: string,
    timezone: string,
    turns: { users: TestUser[]; startsOn: string; rotation?: string },
    ...layersAbove: object[]
  ): Promise<TestSchedule> {
    const layer = { rotation: 'P1D', ...turns, users: turns.users.map(({ id }) => ({ id })) }
    const created = await this.api.post<Schedule>('/schedules', {
      name,
      timezone,
      type: 'RECURRING',
      scheduleLayers: [layer, ...layersAbove],
    })
    return new TestSchedule(created, this)
  }

  async source(policy: EscalationPolicy, options: Partial<AlertSource> = {}): Promise<TestSource> {
    const source = await this.api.post<AlertSource>('/alert-sources', {
      name: `Source ${++this.#sources}`,
      shortName: `SRC${this.#sources}`,
      escalationPolicy: { id: policy.id },
      ...options,
    })
    return new TestSource(source, this)
  }

  incident(name: string | number): Promise<Incident> {
    return this.api.get(`/incidents/${name}`)
  }

  /** The timeline as sentences, oldest first. */
  async timeline(name: string | number): Promise<string[]> {
    await settle()
    const entries = await this.api.get<LogEntry[]>(`/incidents/${name}/log-entries?order=asc&max-results=100`)
    return entries.map(({ text }) => text)
  }

  /** Incidents of the read model, once it has caught up with `expected` many. */
  async listed(query: string, expected: number): Promise<IncidentSummary[]> {
    await settle()
    const list = () => this.api.get<IncidentSummary[]>(`/incidents${query}`)
    await until(async () => (await list()).length === expected, `/incidents${query} lists ${expected}`)
    return list()
  }

  pass(duration: number): Promise<void> {
    return pass(duration)
  }

  async end(): Promise<void> {
    try {
      await pass(3 * MINUTE)
      await this.carrier.expectSilence()
    } finally {
      releaseClock()
    }
  }

  async #setUp(): Promise<void> {
    await this.api.post('/setup', { secret: env.SETUP_SECRET, organisation: 'Example', ...ADMINISTRATOR })
    const { email, password } = ADMINISTRATOR
    const signedIn = await this.api.raw('POST', '/api/auth/sign-in/email', {
      headers: { 'Content-Type': 'application/json', Origin: 'https://tocsin.example.com' },
      body: JSON.stringify({ email, password }),
    })
    const cookie = signedIn.headers
      .getSetCookie()
      .map((set) => set.split(';', 1)[0])
      .join('; ')
    const created = await this.api.raw('POST', '/api/v1/api-keys', {
      headers: { 'Content-Type': 'application/json', Origin: 'https://tocsin.example.com', Cookie: cookie },
      body: JSON.stringify({ name: 'tests' }),
    })
    if (created.status !== 201) throw new Error(`No API key: ${created.status} ${await created.text()}`)
    this.api.apiKey = (await created.json<{ key: string }>()).key
    this.administrator = (await this.api.get<User>('/users/current')).id
  }
}

export interface Step {
  method: Preference['method']
  delayMin: number
  type?: Preference['type']
}

export const sms = (delayMin = 0): Step => ({ method: 'SMS', delayMin })
export const call = (delayMin = 0): Step => ({ method: 'VOICE', delayMin })
export const mail = (delayMin = 0): Step => ({ method: 'EMAIL', delayMin })
export const push = (delayMin = 0): Step => ({ method: 'PUSH', delayMin })
export const low = (step: Step): Step => ({ ...step, type: 'LOW_PRIORITY' })

export class TestUser {
  constructor(
    readonly id: number,
    readonly name: string,
    readonly contacts: { phone: Contact; mailbox: Contact },
    private readonly tocsin: Tocsin,
  ) {}

  prefer({ method, delayMin, type = 'HIGH_PRIORITY' }: Step): Promise<Preference> {
    const { phone, mailbox } = this.contacts
    const contact = method === 'PUSH' ? null : { id: method === 'EMAIL' ? mailbox.id : phone.id }
    return this.tocsin.api.post(`/users/${this.id}/notification-preferences/alerts`, {
      method,
      delayMin,
      type,
      contact,
    })
  }

  /** Gives the user another number or address, verified; the sandbox fails those that it documents as failing. */
  async moves(target: string): Promise<void> {
    const kind = target.startsWith('+') ? 'phone-numbers' : 'emails'
    const contact = target.startsWith('+') ? this.contacts.phone : this.contacts.mailbox
    await this.tocsin.api.put(`/users/${this.id}/contacts/${kind}/${contact.id}`, { target })
    await verified(this.id, contact.id)
  }

  getsSms(text: string): Promise<ReceivedMessage> {
    return this.tocsin.carrier.expect(this.id, 'SMS', text)
  }

  getsCall(text: string): Promise<ReceivedMessage> {
    return this.tocsin.carrier.expect(this.id, 'VOICE', text)
  }

  getsMail(text: string): Promise<ReceivedMessage> {
    return this.tocsin.carrier.expect(this.id, 'EMAIL', text)
  }

  getsPush(text: string): Promise<ReceivedMessage> {
    return this.tocsin.carrier.expect(this.id, 'PUSH', text)
  }
}

export class TestSchedule {
  readonly id: number
  readonly name: string

  constructor(
    { id, name }: Schedule,
    private readonly tocsin: Tocsin,
  ) {
    this.id = id
    this.name = name
  }

  override(user: TestUser, start: number, end: number): Promise<Override> {
    return this.tocsin.api.put(`/schedules/${this.id}/overrides`, {
      user: { id: user.id },
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
    })
  }
}

export interface EventAnswer {
  incidentKey: string | null
  incidentUrl: string | null
  responseCode: string
}

export class TestSource {
  constructor(
    public source: AlertSource,
    private readonly tocsin: Tocsin,
  ) {}

  /** The event as a tool sends it; answers the incident's reference. */
  async alert(summary: string, fields: object = {}): Promise<string> {
    const { incidentUrl } = await this.event({ eventType: 'ALERT', summary, ...fields })
    return incidentUrl?.split('/').pop() ?? ''
  }

  resolve(alertKey: string): Promise<EventAnswer> {
    return this.event({ eventType: 'RESOLVE', alertKey })
  }

  accept(alertKey: string): Promise<EventAnswer> {
    return this.event({ eventType: 'ACCEPT', alertKey })
  }

  async event(fields: object, headers: Record<string, string> = {}): Promise<EventAnswer> {
    const response = await this.send('/api/events', { integrationKey: this.source.integrationKey, ...fields }, headers)
    if (response.status !== 202) throw new Error(`The event was answered ${response.status}: ${await response.text()}`)
    const answer = await response.json<EventAnswer>()
    await settle()
    return answer
  }

  /** Without looking at what comes back. */
  send(path: string, body: object | string, headers: Record<string, string> = {}): Promise<Response> {
    return this.tocsin.api.raw('POST', path, { body: typeof body === 'string' ? body : JSON.stringify(body), headers })
  }
}
