import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'
import { Refusal } from '../directory/refusal.ts'
import { LIMITS } from '../limits.ts'
import { alertSources } from './alert-sources.ts'
import { apiKeys } from './api-keys.ts'
import { contacts } from './contacts.ts'
import type { ApiEnv } from './context.ts'
import { answerError, answerNotFound, problem } from './errors.ts'
import { escalationPolicies } from './escalation-policies.ts'
import { health } from './health.ts'
import { incidentActs } from './incident-acts.ts'
import { incidents } from './incidents.ts'
import { invitations } from './invitations.ts'
import { live } from './live.ts'
import { openApi } from './open-api.ts'
import { preferences } from './preferences.ts'
import { router } from './route.ts'
import { sandbox } from './sandbox.ts'
import { settings } from './settings.ts'
import { setup } from './setup.ts'
import { answerSignIn } from './sign-in.ts'
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
  ...[setup, invitations, health, incidents, incidentActs, alertSources, escalationPolicies],
  ...[users, contacts, preferences, apiKeys, settings, sandbox],
]) {
  app.route('/api/v1', resource)
}
app.route('/api/v1', live)
app.get('/api-docs/openapi.json', openApi(app))
