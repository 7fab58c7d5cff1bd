import * as z from 'zod'
import {
  createWindow,
  deleteWindow,
  endWindowNow,
  findWindow,
  listWindows,
  maintenanceOf,
  type StoredWindow,
  updateWindow,
} from '../directory/maintenance-windows.ts'
import { nextOccurrence } from '../maintenance/maintenance.ts'
import { windowFieldsOf } from './maintenance-window-fields.ts'
import { body, json, noContent, route, router } from './route.ts'
import { idParam, paging } from './schemas/common.ts'
import { type MaintenanceWindow, maintenanceWindow, maintenanceWindowInput } from './schemas/maintenance-window.ts'

const tags = ['Maintenance windows']

export const maintenanceWindows = router()

maintenanceWindows.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/maintenance-windows', tags, summary: 'List maintenance windows' },
    request: { query: paging },
    responses: {
      200: json(z.array(maintenanceWindow), 'One page: what runs, then what comes next, then what is over'),
    },
  }),
  async (c) => {
    const { 'start-index': startIndex, 'max-results': maxResults } = c.req.valid('query')
    const windows = await listWindows(c.env, { startIndex, maxResults })
    return c.json(windows.map(present), 200)
  },
)

maintenanceWindows.openapi(
  route('administrator', {
    ...{ method: 'post', path: '/maintenance-windows', tags, summary: 'Create a maintenance window' },
    request: { body: body(maintenanceWindowInput) },
    responses: { 201: json(maintenanceWindow, 'The maintenance window') },
  }),
  async (c) => {
    const input = c.req.valid('json')
    const fields = windowFieldsOf(input, Date.now())
    const sourceIds = input.alertSources.map(({ id }) => id)
    return c.json(present(await createWindow(c.env, fields, sourceIds, c.var.signedIn.id)), 201)
  },
)

maintenanceWindows.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/maintenance-windows/{id}', tags, summary: 'Get a maintenance window' },
    request: { params: idParam },
    responses: { 200: json(maintenanceWindow, 'The maintenance window') },
  }),
  async (c) => c.json(present(await findWindow(c.env, c.req.valid('param').id)), 200),
)

maintenanceWindows.openapi(
  route('administrator', {
    ...{ method: 'put', path: '/maintenance-windows/{id}', tags, summary: 'Replace a maintenance window' },
    request: { params: idParam, body: body(maintenanceWindowInput) },
    responses: { 200: json(maintenanceWindow, 'The maintenance window afterwards') },
  }),
  async (c) => {
    const input = c.req.valid('json')
    const fields = windowFieldsOf(input, Date.now())
    const sourceIds = input.alertSources.map(({ id }) => id)
    return c.json(present(await updateWindow(c.env, c.req.valid('param').id, fields, sourceIds)), 200)
  },
)

maintenanceWindows.openapi(
  route('administrator', {
    ...{ method: 'post', path: '/maintenance-windows/{id}/end-now', tags },
    summary: 'End the time that runs now; one that repeats comes again',
    request: { params: idParam },
    responses: { 200: json(maintenanceWindow, 'The maintenance window afterwards') },
  }),
  async (c) => c.json(present(await endWindowNow(c.env, c.req.valid('param').id)), 200),
)

maintenanceWindows.openapi(
  route('administrator', {
    ...{ method: 'delete', path: '/maintenance-windows/{id}', tags, summary: 'Delete a maintenance window' },
    request: { params: idParam },
    responses: noContent,
  }),
  async (c) => {
    await deleteWindow(c.env, c.req.valid('param').id)
    return c.body(null, 204)
  },
)

function present(stored: StoredWindow): MaintenanceWindow {
  const { id, name, description, timezone, start, end, recurrence, alertSources, creator } = stored
  const now = Date.now()
  const next = maintenanceOf([stored]).map((window) => nextOccurrence(window, now))[0] ?? null
  return {
    ...{ id, name, description, timezone, alertSources },
    start: start.toISOString(),
    end: end.toISOString(),
    recurrence: recurrence && {
      ...{ frequency: recurrence.frequency, interval: recurrence.interval, weekdays: recurrence.weekdays },
      until: recurrence.until === null ? null : new Date(recurrence.until).toISOString(),
    },
    active: next !== null && next.start <= now,
    nextStart: next && new Date(next.start).toISOString(),
    nextEnd: next && new Date(next.end).toISOString(),
    createdBy: creator,
    createdAt: stored.createdAt.toISOString(),
    updatedAt: stored.updatedAt.toISOString(),
  }
}
