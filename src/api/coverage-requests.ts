import * as z from 'zod'
import {
  acceptCoverageRequest,
  cancelCoverageRequest,
  declineCoverageRequest,
} from '../directory/coverage/coverage-answers.ts'
import {
  createCoverageRequest,
  findCoverageRequest,
  listCoverageRequests,
  type StoredCoverageRequest,
} from '../directory/coverage/coverage-requests.ts'
import { body, json, route, router } from './route.ts'
import { idParam } from './schemas/common.ts'
import {
  type CoverageRequest,
  coverageRequest,
  coverageRequestInput,
  coverageRequestsQuery,
} from './schemas/schedule.ts'

const tags = ['Coverage requests']

export const coverageRequests = router()

coverageRequests.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/coverage-requests', tags, summary: 'List the coverage requests that one may see' },
    request: { query: coverageRequestsQuery },
    responses: { 200: json(z.array(coverageRequest), 'One page, newest first') },
  }),
  async (c) => {
    const { 'start-index': startIndex, 'max-results': maxResults, role, status } = c.req.valid('query')
    const filter = { ...(role && { role }), ...(status && { status }), startIndex, maxResults }
    return c.json((await listCoverageRequests(c.env, c.var.signedIn, filter)).map(present), 200)
  },
)

coverageRequests.openapi(
  route('signed-in', {
    ...{ method: 'post', path: '/coverage-requests', tags, summary: 'Ask colleagues to take a shift or a part of it' },
    request: { body: body(coverageRequestInput) },
    responses: { 201: json(coverageRequest, 'The request; those asked are told') },
  }),
  async (c) => {
    const { schedule, start, end, users, message } = c.req.valid('json')
    const created = await createCoverageRequest(c.env, c.var.signedIn, {
      scheduleId: schedule.id,
      start: Date.parse(start),
      end: Date.parse(end),
      userIds: users.map(({ id }) => id),
      message: message || null,
    })
    return c.json(present(created), 201)
  },
)

coverageRequests.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/coverage-requests/{id}', tags, summary: 'Get a coverage request' },
    request: { params: idParam },
    responses: { 200: json(coverageRequest, 'The request') },
  }),
  async (c) => c.json(present(await findCoverageRequest(c.env, c.req.valid('param').id, c.var.signedIn)), 200),
)

coverageRequests.openapi(
  route('signed-in', {
    ...{ method: 'post', path: '/coverage-requests/{id}/accept', tags, summary: 'Take it: the first to accept has it' },
    request: { params: idParam },
    responses: { 200: json(coverageRequest, 'Yours: an override puts you on call') },
  }),
  async (c) => c.json(present(await acceptCoverageRequest(c.env, c.req.valid('param').id, c.var.signedIn)), 200),
)

coverageRequests.openapi(
  route('signed-in', {
    ...{ method: 'post', path: '/coverage-requests/{id}/decline', tags, summary: 'Say that one can’t take it' },
    request: { params: idParam },
    responses: { 200: json(coverageRequest, 'The request afterwards') },
  }),
  async (c) => c.json(present(await declineCoverageRequest(c.env, c.req.valid('param').id, c.var.signedIn)), 200),
)

coverageRequests.openapi(
  route('signed-in', {
    ...{ method: 'post', path: '/coverage-requests/{id}/cancel', tags, summary: 'Take back an open request' },
    request: { params: idParam },
    responses: { 200: json(coverageRequest, 'The request afterwards') },
  }),
  async (c) => c.json(present(await cancelCoverageRequest(c.env, c.req.valid('param').id, c.var.signedIn)), 200),
)

function present(stored: StoredCoverageRequest): CoverageRequest {
  const { id, schedule, start, end, message, status, createdAt, answeredAt, asked, requestedBy, acceptedBy } = stored
  const person = (userId: number) => {
    const { firstName, lastName } = stored.people.get(userId) ?? {}
    return { id: userId, ...(firstName && { firstName }), ...(lastName && { lastName }) }
  }
  return {
    ...{ id, schedule, message, status },
    requestedBy: person(requestedBy),
    start: start.toISOString(),
    end: end.toISOString(),
    users: asked.map(({ userId, declinedAt }) => ({
      user: person(userId),
      declinedAt: declinedAt?.toISOString() ?? null,
    })),
    acceptedBy: acceptedBy === null ? null : person(acceptedBy),
    answeredAt: answeredAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}
