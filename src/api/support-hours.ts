import * as z from 'zod'
import { Refusal } from '../directory/refusal.ts'
import {
  createSupportHours,
  deleteSupportHours,
  findSupportHours,
  listSupportHours,
  type StoredSupportHours,
  type SupportHoursFields,
  updateSupportHours,
} from '../directory/support-hours.ts'
import { wallTime } from '../on-call/wall-time.ts'
import { isDuring, nextChange } from '../support-hours/support-hours.ts'
import { knownZone } from './known-zone.ts'
import { body, json, noContent, route, router } from './route.ts'
import { idParam, paging } from './schemas/common.ts'
import { type SupportHours, type SupportHoursInput, supportHours, supportHoursInput } from './schemas/support-hours.ts'

const tags = ['Support hours']

export const supportHoursRoutes = router()

supportHoursRoutes.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/support-hours', tags, summary: 'List support hours' },
    request: { query: paging },
    responses: { 200: json(z.array(supportHours), 'One page of support hours') },
  }),
  async (c) => {
    const { 'start-index': startIndex, 'max-results': maxResults } = c.req.valid('query')
    return c.json((await listSupportHours(c.env, { startIndex, maxResults })).map(present), 200)
  },
)

supportHoursRoutes.openapi(
  route('administrator', {
    ...{ method: 'post', path: '/support-hours', tags, summary: 'Create support hours' },
    request: { body: body(supportHoursInput) },
    responses: { 201: json(supportHours, 'The support hours') },
  }),
  async (c) => c.json(present(await createSupportHours(c.env, fieldsOf(c.req.valid('json')))), 201),
)

supportHoursRoutes.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/support-hours/{id}', tags, summary: 'Get support hours' },
    request: { params: idParam },
    responses: { 200: json(supportHours, 'The support hours') },
  }),
  async (c) => c.json(present(await findSupportHours(c.env, c.req.valid('param').id)), 200),
)

supportHoursRoutes.openapi(
  route('administrator', {
    ...{ method: 'put', path: '/support-hours/{id}', tags, summary: 'Replace support hours' },
    request: { params: idParam, body: body(supportHoursInput) },
    responses: { 200: json(supportHours, 'The support hours afterwards') },
  }),
  async (c) =>
    c.json(present(await updateSupportHours(c.env, c.req.valid('param').id, fieldsOf(c.req.valid('json')))), 200),
)

supportHoursRoutes.openapi(
  route('administrator', {
    ...{ method: 'delete', path: '/support-hours/{id}', tags, summary: 'Delete support hours that no source uses' },
    request: { params: idParam },
    responses: noContent,
  }),
  async (c) => {
    await deleteSupportHours(c.env, c.req.valid('param').id)
    return c.body(null, 204)
  },
)

function fieldsOf({ name, timezone, supportDays, exceptions }: SupportHoursInput): SupportHoursFields {
  knownZone(timezone)
  for (const [index, { start, end }] of exceptions.entries()) {
    const field = `exceptions[${index}]`
    if (knownTime(end, `${field}.end`) > knownTime(start, `${field}.start`)) continue
    throw new Refusal('BAD_REQUEST', `${field}.end must be after its start`, `${field}.end`)
  }
  return { name, timezone, supportDays, exceptions }
}

/** A date such as 30 February is of no calendar. */
function knownTime(text: string, field: string): number {
  try {
    return wallTime(text)
  } catch {
    throw new Refusal('BAD_REQUEST', `${field} is no date and time of any calendar: ${text}`, field)
  }
}

function present(stored: StoredSupportHours): SupportHours {
  const { id, name, timezone, supportDays, exceptions, alertSources, createdAt, updatedAt } = stored
  const now = Date.now()
  const changesAt = nextChange(stored, now)
  return {
    ...{ id, name, timezone, supportDays, exceptions, alertSources },
    during: isDuring(stored, now),
    changesAt: changesAt === null ? null : new Date(changesAt).toISOString(),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
