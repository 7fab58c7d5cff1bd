import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AlertSource } from '../src/api/schemas/alert-source.ts'
import type { EscalationPolicy } from '../src/api/schemas/escalation-policy.ts'
import type { Contact, Preference, User } from '../src/api/schemas/user.ts'
import { addPhone } from './add-phone.ts'
import { createDemoSchedule } from './demo-schedule.ts'
import { Rest } from './rest.ts'
import { setUp } from './set-up.ts'

/** What `demo.json` in the state folder says, for scripts. */
export interface Demo {
  url: string
  email: string
  password: string
  /** Acts as the demo's administrator. */
  apiKey: string
  /** Of the demo's alert source. */
  integrationKey: string
}

interface Person {
  firstName: string
  lastName: string
  email: string
  phone: string
}

/** Nobody's addresses and numbers: example.com is reserved by RFC 2606, 555-01xx for fiction. */
const ADA: Person = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', phone: '+12025550101' }
const BEN: Person = { firstName: 'Ben', lastName: 'Okafor', email: 'ben@example.com', phone: '+12025550102' }
const CLEO: Person = { firstName: 'Cleo', lastName: 'Marsh', email: 'cleo@example.com', phone: '+12025550103' }

/** Minutes: short enough to watch. */
const TIMEOUT = 0.75

type Step = Pick<Preference, 'method' | 'type' | 'delayMin'>

/** Each channel is shown; a call comes only when nothing else was answered, and never for what can wait. */
const STEPS: Step[] = [
  { type: 'HIGH_PRIORITY', method: 'PUSH', delayMin: 0 },
  { type: 'HIGH_PRIORITY', method: 'SMS', delayMin: 0 },
  { type: 'HIGH_PRIORITY', method: 'EMAIL', delayMin: 0 },
  { type: 'HIGH_PRIORITY', method: 'VOICE', delayMin: 0.25 },
  { type: 'LOW_PRIORITY', method: 'EMAIL', delayMin: 0 },
  { type: 'LOW_PRIORITY', method: 'PUSH', delayMin: 0 },
  { type: 'LOW_PRIORITY', method: 'SMS', delayMin: 1 },
]

/**
 * Gives an empty deployment an organisation to try it out with, over its REST API alone, and prints how to begin. What it
 * made is kept in `demo.json`, from which later starts print the same.
 */
export async function setUpDemo(options: { url: string; stateDir: string; setupSecret: string }): Promise<void> {
  const { url, stateDir, setupSecret } = options
  const file = join(stateDir, 'demo.json')
  const { needed } = await new Rest(url).get<{ needed: boolean }>('/setup')
  const demo = needed ? await createDemo(url, setupSecret) : await readDemo(file)
  if (!demo) {
    console.log(
      'This organisation was set up without the demo, or setting up the demo was interrupted: ' +
        `sign in with an account of yours, or remove ${stateDir} to begin with an empty one.`,
    )
    return
  }
  // The address changes with PORT.
  const current = { ...demo, url }
  await writeDemo(file, current)
  print(current)
}

async function createDemo(url: string, setupSecret: string): Promise<Demo> {
  const password = randomBytes(12).toString('base64url')
  const { phone, ...ada } = ADA
  const apiKey = await setUp(url, setupSecret, { ...ada, password }, 'Example Shop')
  const rest = Rest.withKey(url, apiKey)
  const { id } = await rest.get<User>('/users/current')
  await prefer(rest, id, phone)
  const ben = await createUser(rest, BEN)
  const cleo = await createUser(rest, CLEO)
  const schedule = await createDemoSchedule(rest, { ada: id, ben, cleo })
  const policy = await rest.post<EscalationPolicy>('/escalation-policies', {
    name: 'Web shop',
    escalationRules: [
      { escalationTimeout: TIMEOUT, users: [{ id }] },
      { escalationTimeout: TIMEOUT, schedules: [{ id: schedule.id }] },
      { escalationTimeout: TIMEOUT, users: [{ id: ben }, { id: cleo }] },
    ],
  })
  const source = await rest.post<AlertSource>('/alert-sources', {
    name: 'Shop monitoring',
    shortName: 'SHOP',
    escalationPolicy: { id: policy.id },
  })
  await createOtherSources(rest, policy)
  return { url, email: ADA.email, password, apiKey, integrationKey: source.integrationKey }
}

/** Other ways in, each with something of its own to look at. */
async function createOtherSources(rest: Rest, { id }: EscalationPolicy): Promise<void> {
  const escalationPolicy = { id }
  await rest.post('/alert-sources', {
    ...{ name: 'Prometheus', shortName: 'PROM', integrationType: 'PROMETHEUS', escalationPolicy },
    rules: [
      { name: 'Staging can wait', condition: 'event.labels.env == "staging"', priority: 'LOW' },
      { name: 'Watchdog', condition: 'event.labels.alertname == "Watchdog"', action: 'DROP' },
    ],
  })
  await rest.post('/alert-sources', {
    ...{ name: 'Nightly backup', shortName: 'BACKUP', integrationType: 'HEARTBEAT', escalationPolicy },
    heartbeat: { cron: '0 2 * * *', timezone: 'Europe/Berlin', graceSec: 1800 },
  })
  await rest.post('/alert-sources', {
    ...{ name: 'Mail from suppliers', shortName: 'MAIL', integrationType: 'EMAIL', escalationPolicy },
    incidentCreation: 'ONE_INCIDENT_PER_EMAIL_SUBJECT',
    emailPredicates: [{ field: 'EMAIL_SUBJECT', criteria: 'CONTAINS_ANY_WORDS', value: 'outage incident problem' }],
  })
}

async function createUser(rest: Rest, { phone, ...person }: Person): Promise<number> {
  const { id } = await rest.post<User>('/users', person)
  await prefer(rest, id, phone)
  return id
}

async function prefer(rest: Rest, userId: number, phone: string): Promise<void> {
  const contacts = `/users/${userId}/contacts`
  const number = await addPhone(rest, userId, phone)
  const [mailbox] = await rest.get<Contact[]>(`${contacts}/emails`)
  const contactOf = { EMAIL: mailbox, SMS: number, VOICE: number, PUSH: null, TELEGRAM: null }
  for (const step of STEPS) {
    const contact = contactOf[step.method]
    await rest.post(`/users/${userId}/notification-preferences/alerts`, {
      ...step,
      contact: contact ? { id: contact.id } : null,
    })
  }
}

async function readDemo(file: string): Promise<Demo | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? undefined : JSON.parse(text)
}

async function writeDemo(file: string, demo: Demo): Promise<void> {
  // Renamed into place: who waits for the file must never read half of it.
  await writeFile(`${file}.new`, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

function print({ url, email, password, integrationKey }: Demo): void {
  const event = { integrationKey, eventType: 'ALERT', summary: 'One checkout in five fails' }
  console.log(`
  Dashboard        ${url}
  Sign in          ${email}
  Password         ${password}
  Simulated phone  ${url}/sandbox

Open an incident, and watch the phone:

  curl -X POST ${url}/api/events -H 'Content-Type: application/json' \\
    -d '${JSON.stringify(event)}'
`)
}
