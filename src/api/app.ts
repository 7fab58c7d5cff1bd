import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'
import { Refusal } from '../directory/refusal.ts'
import { LIMITS } from '../limits.ts'
import { alertSources } from './alert-sources.ts'
import { apiKeys } from './api-keys.ts'
import { calendarFeeds } from './calendar-feeds.ts'
import { calendarImport } from './calendar-import.ts'
import { calendars } from './calendars.ts'
import { carriers } from './carriers.ts'
import { contactMessages } from './contact-messages.ts'
import { contacts } from './contacts.ts'
import type { ApiEnv } from './context.ts'
import { coverageRequests } from './coverage-requests.ts'
import { deliveryLog } from './delivery-log.ts'
import { answerError, answerNotFound, problem } from './errors.ts'
import { escalationPolicies } from './escalation-policies.ts'
import { eventProcessing } from './event-processing.ts'
import { health } from './health.ts'
import { heartbeats } from './heartbeats.ts'
import { incidentActs } from './incident-acts.ts'
import { incidents } from './incidents.ts'
import { invitations } from './invitations.ts'
import { live } from './live.ts'
import { maintenanceWindows } from './maintenance-windows.ts'
import { notificationSettings } from './notification-settings.ts'
import { onCallPreferences } from './on-call-preferences.ts'
import { onCalls } from './on-calls.ts'
import { openApi } from './open-api.ts'
import { preferences } from './preferences.ts'
import { pushDevices } from './push-devices.ts'
import { router } from './route.ts'
import { sandbox } from './sandbox.ts'
import { scheduleOverrides } from './schedule-overrides.ts'
import { scheduleShifts } from './schedule-shifts.ts'
import { schedules } from './schedules.ts'
import { selfTest } from './self-test.ts'
import { settings } from './settings.ts'
import { setup } from './setup.ts'
import { answerSignIn } from './sign-in.ts'
import { simulations } from './simulation.ts'
import { sourceEvents } from './source-events.ts'
import { supportHoursRoutes } from './support-hours.ts'
import { telegramContacts } from './telegram-contacts.ts'
import { updatePreferences } from './update-preferences.ts'
import { users } from './users.ts'

/** The REST API, sign-in and their description. No other origin may read it: CORS stays off. */
export const app = router()

app.onError(answerError)
app.notFound(answerNotFound)

const headers = secureHeaders()
app.use(
  createMiddleware<ApiEnv>(async (c, next) => {
    // Copying the answer to add headers would lose its socket.
    if (c.req.header('upgrade')) return void (await next())
    await headers(c, next)
    // Calendars are kept, and asked for again only when they have changed.
    if (c.req.path.startsWith('/calendars/') && c.res.headers.has('cache-control')) return
    c.header('cache-control', 'no-store')
  }),
)
app.use(
  bodyLimit({
    maxSize: LIMITS.apiBodyBytes,
    onError: (c) =>
      problem(c, new Refusal('PAYLOAD_TOO_LARGE', `The body is larger than ${LIMITS.apiBodyBytes / 1024} kB`)),
  }),
)

app.all('/api/auth/*', answerSignIn)
for (const resource of [
  ...[setup, invitations, health, incidents, incidentActs, alertSources, sourceEvents, escalationPolicies, simulations],
  ...[heartbeats, eventProcessing],
  pushDevices,
  contactMessages,
  ...[
    users,
    contacts,
    preferences,
    onCallPreferences,
    apiKeys,
    settings,
    carriers,
    deliveryLog,
    selfTest,
    telegramContacts,
    sandbox,
  ],
  ...[updatePreferences, notificationSettings],
  ...[schedules, scheduleShifts, scheduleOverrides, onCalls],
  ...[coverageRequests, calendarFeeds, calendarImport],
  ...[supportHoursRoutes, maintenanceWindows],
]) {
  app.route('/api/v1', resource)
}
app.route('/api/v1', live)
app.route('/', calendars)
app.get('/api-docs/openapi.json', openApi(app))
