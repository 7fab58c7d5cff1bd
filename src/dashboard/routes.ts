import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { alertSourceQuery, alertSourcesQuery } from './data/alert-sources.ts'
import { parseCalendarAddress } from './data/calendar-address.ts'
import { coverageRequestQuery, coverageRequestsQuery, parseShiftAddress } from './data/coverage-requests.ts'
import { parseDeliveryFilter } from './data/deliveries.ts'
import { escalationPoliciesQuery, escalationPolicyQuery } from './data/escalation-policies.ts'
import { parseListFilter } from './data/incident-filter.ts'
import { incidentQuery, incidentsQuery } from './data/incidents.ts'
import { integrationTypesQuery } from './data/integration-types.ts'
import { maintenanceWindowQuery, maintenanceWindowsQuery } from './data/maintenance-windows.ts'
import { onCallsQuery, shiftsOfUserQuery } from './data/on-calls.ts'
import { sandboxMessagesQuery } from './data/sandbox.ts'
import { scheduleToEditQuery } from './data/schedule-edits.ts'
import { scheduleQuery, schedulesQuery } from './data/schedules.ts'
import { currentUserQuery } from './data/session.ts'
import { settingsQuery } from './data/settings.ts'
import { parseSimulationAddress, simulationQuery } from './data/simulation.ts'
import { supportHoursListQuery, supportHoursQuery } from './data/support-hours.ts'
import {
  apiKeysQuery,
  contactsQuery,
  onCallPreferencesQuery,
  preferencesQuery,
  userQuery,
  usersQuery,
} from './data/users.ts'
import { Frame } from './frame/Frame.tsx'
import { loadPage } from './frame/load-page.ts'
import { NotFoundAlone } from './frame/states.tsx'
import { isUnauthorized } from './query-client.ts'

const numericId = {
  parse: ({ id }: { id: string }) => {
    if (!/^[1-9]\d{0,14}$/.test(id)) throw notFound()
    return { id: Number(id) }
  },
  stringify: ({ id }: { id: number }) => ({ id: String(id) }),
}

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFoundAlone,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ to }: Record<string, unknown>): { to?: string } => ({
    to: typeof to === 'string' ? to : undefined,
  }),
  component: lazyRouteComponent(() => loadPage(() => import('./pages/entry/SignIn.tsx')), 'SignIn'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: ({ secret }: Record<string, unknown>) => ({
    secret: typeof secret === 'string' ? secret : undefined,
  }),
  component: lazyRouteComponent(() => loadPage(() => import('./pages/entry/SetUp.tsx')), 'SetUp'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation/$token',
  component: lazyRouteComponent(() => loadPage(() => import('./pages/entry/AcceptInvitation.tsx')), 'AcceptInvitation'),
})

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Frame,
  beforeLoad: async ({ context: { queryClient }, location }) => {
    try {
      await queryClient.ensureQueryData(currentUserQuery)
    } catch (error) {
      if (isUnauthorized(error)) throw redirect({ to: '/sign-in', search: { to: location.href } })
      throw error
    }
  },
})

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/incidents' })
  },
})

const incidents = createRoute({
  getParentRoute: () => signedIn,
  path: '/incidents',
  validateSearch: parseListFilter,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, deps }) => void queryClient.prefetchQuery(incidentsQuery(deps)),
  component: lazyRouteComponent(() => loadPage(() => import('./pages/incidents/IncidentList.tsx')), 'IncidentList'),
})

const newIncident = createRoute({
  getParentRoute: () => signedIn,
  path: '/incidents/new',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(alertSourcesQuery),
  component: lazyRouteComponent(() => loadPage(() => import('./pages/incidents/NewIncident.tsx')), 'NewIncident'),
})

const incident = createRoute({
  getParentRoute: () => signedIn,
  path: '/incidents/$incident',
  loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(incidentQuery(params.incident)),
  component: lazyRouteComponent(() => loadPage(() => import('./pages/incident/IncidentPage.tsx')), 'IncidentPage'),
})

const alertSources = createRoute({
  getParentRoute: () => signedIn,
  path: '/alert-sources',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(alertSourcesQuery),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/alert-sources/AlertSourceList.tsx')),
    'AlertSourceList',
  ),
})

const newAlertSource = createRoute({
  getParentRoute: () => signedIn,
  path: '/alert-sources/new',
  validateSearch: ({ type }: Record<string, unknown>): { type?: string } => ({
    type: typeof type === 'string' ? type.slice(0, 40) : undefined,
  }),
  loader: ({ context: { queryClient } }) =>
    Promise.all([
      queryClient.ensureQueryData(escalationPoliciesQuery),
      queryClient.ensureQueryData(integrationTypesQuery),
      queryClient.ensureQueryData(supportHoursListQuery),
    ]),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/alert-sources/NewAlertSource.tsx')),
    'NewAlertSource',
  ),
})

const alertSource = createRoute({
  getParentRoute: () => signedIn,
  path: '/alert-sources/$id',
  params: numericId,
  validateSearch: parseSimulationAddress,
  loaderDeps: ({ search }) => search,
  // The simulation too, or a link to it could not scroll to what is not there yet. It may be refused: the page says so.
  loader: ({ context: { queryClient }, params, deps }) =>
    Promise.all([
      queryClient.ensureQueryData(alertSourceQuery(params.id)),
      queryClient.ensureQueryData(integrationTypesQuery),
      deps.at !== undefined && queryClient.prefetchQuery(simulationQuery(params.id, deps)),
    ]),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/alert-sources/AlertSourcePage.tsx')),
    'AlertSourcePage',
  ),
})

const editAlertSource = createRoute({
  getParentRoute: () => signedIn,
  path: '/alert-sources/$id/edit',
  params: numericId,
  loader: ({ context: { queryClient }, params }) =>
    Promise.all([
      queryClient.ensureQueryData(alertSourceQuery(params.id)),
      queryClient.ensureQueryData(escalationPoliciesQuery),
      queryClient.ensureQueryData(integrationTypesQuery),
      queryClient.ensureQueryData(supportHoursListQuery),
    ]),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/alert-sources/EditAlertSource.tsx')),
    'EditAlertSource',
  ),
})

const processing = createRoute({
  getParentRoute: () => signedIn,
  path: '/alert-sources/$id/processing',
  params: numericId,
  loader: ({ context: { queryClient }, params }) =>
    Promise.all([
      queryClient.ensureQueryData(alertSourceQuery(params.id)),
      queryClient.ensureQueryData(escalationPoliciesQuery),
    ]),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/alert-sources/processing/ProcessingPage.tsx')),
    'ProcessingPage',
  ),
})

const escalationPolicies = createRoute({
  getParentRoute: () => signedIn,
  path: '/escalation-policies',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(escalationPoliciesQuery),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/escalation-policies/PolicyList.tsx')),
    'PolicyList',
  ),
})

const newEscalationPolicy = createRoute({
  getParentRoute: () => signedIn,
  path: '/escalation-policies/new',
  loader: ({ context: { queryClient } }) =>
    Promise.all([queryClient.ensureQueryData(usersQuery), queryClient.ensureQueryData(schedulesQuery)]),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/escalation-policies/PolicyPages.tsx')),
    'NewPolicy',
  ),
})

const escalationPolicy = createRoute({
  getParentRoute: () => signedIn,
  path: '/escalation-policies/$id',
  params: numericId,
  loader: ({ context: { queryClient }, params }) =>
    Promise.all([
      queryClient.ensureQueryData(escalationPolicyQuery(params.id)),
      queryClient.ensureQueryData(usersQuery),
      queryClient.ensureQueryData(schedulesQuery),
    ]),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/escalation-policies/PolicyPages.tsx')),
    'PolicyPage',
  ),
})

const schedules = createRoute({
  getParentRoute: () => signedIn,
  path: '/schedules',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(schedulesQuery),
  component: lazyRouteComponent(() => loadPage(() => import('./pages/schedules/ScheduleList.tsx')), 'ScheduleList'),
})

const schedule = createRoute({
  getParentRoute: () => signedIn,
  path: '/schedules/$id',
  params: numericId,
  validateSearch: parseCalendarAddress,
  loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(scheduleQuery(params.id)),
  component: lazyRouteComponent(() => loadPage(() => import('./pages/schedules/SchedulePage.tsx')), 'SchedulePage'),
})

const newSchedule = createRoute({
  getParentRoute: () => signedIn,
  path: '/schedules/new',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(usersQuery),
  component: lazyRouteComponent(() => loadPage(() => import('./pages/schedules/edit/NewSchedule.tsx')), 'NewSchedule'),
})

const importCalendar = createRoute({
  getParentRoute: () => signedIn,
  path: '/schedules/import',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(usersQuery),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/schedules/edit/ImportCalendar.tsx')),
    'ImportCalendar',
  ),
})

const editSchedule = createRoute({
  getParentRoute: () => signedIn,
  path: '/schedules/$id/edit',
  params: numericId,
  // Read anew: a form that began with what was read long ago would be in conflict at once.
  loader: ({ context: { queryClient }, params }) =>
    Promise.all([
      queryClient.fetchQuery({ ...scheduleToEditQuery(params.id), staleTime: 0 }),
      queryClient.ensureQueryData(usersQuery),
    ]),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/schedules/edit/EditSchedule.tsx')),
    'EditSchedule',
  ),
})

const maintenance = createRoute({
  getParentRoute: () => signedIn,
  path: '/maintenance',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(maintenanceWindowsQuery),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/maintenance/MaintenanceList.tsx')),
    'MaintenanceList',
  ),
})

const newMaintenance = createRoute({
  getParentRoute: () => signedIn,
  path: '/maintenance/new',
  validateSearch: ({ source }: Record<string, unknown>): { source?: number } => ({
    source: Number(source) > 0 ? Number(source) : undefined,
  }),
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(alertSourcesQuery),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/maintenance/NewMaintenance.tsx')),
    'NewMaintenance',
  ),
})

const editMaintenance = createRoute({
  getParentRoute: () => signedIn,
  path: '/maintenance/$id/edit',
  params: numericId,
  loader: ({ context: { queryClient }, params }) =>
    Promise.all([
      queryClient.ensureQueryData(maintenanceWindowQuery(params.id)),
      queryClient.ensureQueryData(alertSourcesQuery),
    ]),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/maintenance/EditMaintenance.tsx')),
    'EditMaintenance',
  ),
})

const supportHours = createRoute({
  getParentRoute: () => signedIn,
  path: '/support-hours',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(supportHoursListQuery),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/support-hours/SupportHoursList.tsx')),
    'SupportHoursList',
  ),
})

const newSupportHours = createRoute({
  getParentRoute: () => signedIn,
  path: '/support-hours/new',
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/support-hours/NewSupportHours.tsx')),
    'NewSupportHours',
  ),
})

const oneSupportHours = createRoute({
  getParentRoute: () => signedIn,
  path: '/support-hours/$id',
  params: numericId,
  loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(supportHoursQuery(params.id)),
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/support-hours/SupportHoursPage.tsx')),
    'SupportHoursPage',
  ),
})

const onCall = createRoute({
  getParentRoute: () => signedIn,
  path: '/on-call',
  loader: async ({ context: { queryClient } }) => {
    const { id } = await queryClient.ensureQueryData(currentUserQuery)
    await Promise.all([
      queryClient.ensureQueryData(schedulesQuery),
      queryClient.ensureQueryData(escalationPoliciesQuery),
      queryClient.ensureQueryData(onCallsQuery),
      queryClient.ensureQueryData(shiftsOfUserQuery(id)),
    ])
  },
  component: lazyRouteComponent(() => loadPage(() => import('./pages/on-call/OnCallPage.tsx')), 'OnCallPage'),
})

const coverageRequests = createRoute({
  getParentRoute: () => signedIn,
  path: '/coverage',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(coverageRequestsQuery()),
  component: lazyRouteComponent(() => loadPage(() => import('./pages/coverage/CoverageList.tsx')), 'CoverageList'),
})

const askForCover = createRoute({
  getParentRoute: () => signedIn,
  path: '/coverage/new',
  validateSearch: parseShiftAddress,
  loader: async ({ context: { queryClient } }) => {
    const { id } = await queryClient.ensureQueryData(currentUserQuery)
    await Promise.all([
      queryClient.ensureQueryData(schedulesQuery),
      queryClient.ensureQueryData(usersQuery),
      queryClient.ensureQueryData(shiftsOfUserQuery(id)),
    ])
  },
  component: lazyRouteComponent(() => loadPage(() => import('./pages/coverage/AskForCover.tsx')), 'AskForCover'),
})

const coverageRequest = createRoute({
  getParentRoute: () => signedIn,
  path: '/coverage/$id',
  params: numericId,
  loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(coverageRequestQuery(params.id)),
  component: lazyRouteComponent(() => loadPage(() => import('./pages/coverage/CoveragePage.tsx')), 'CoveragePage'),
})

const users = createRoute({
  getParentRoute: () => signedIn,
  path: '/users',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(usersQuery),
  component: lazyRouteComponent(() => loadPage(() => import('./pages/users/UserList.tsx')), 'UserList'),
})

const inviteUser = createRoute({
  getParentRoute: () => signedIn,
  path: '/users/new',
  component: lazyRouteComponent(() => loadPage(() => import('./pages/users/InviteUser.tsx')), 'InviteUser'),
})

const user = createRoute({
  getParentRoute: () => signedIn,
  path: '/users/$id',
  params: numericId,
  loader: ({ context: { queryClient }, params }) => loadUser(queryClient, params.id),
  component: lazyRouteComponent(() => loadPage(() => import('./pages/users/UserPages.tsx')), 'UserPage'),
})

const profile = createRoute({
  getParentRoute: () => signedIn,
  path: '/profile',
  loader: async ({ context: { queryClient } }) => {
    const { id } = await queryClient.ensureQueryData(currentUserQuery)
    await Promise.all([loadUser(queryClient, id), queryClient.ensureQueryData(apiKeysQuery)])
  },
  component: lazyRouteComponent(() => loadPage(() => import('./pages/users/UserPages.tsx')), 'ProfilePage'),
})

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings',
  loader: ({ context: { queryClient } }) =>
    Promise.all([queryClient.ensureQueryData(settingsQuery), queryClient.ensureQueryData(usersQuery)]),
  component: lazyRouteComponent(() => loadPage(() => import('./pages/settings/SettingsPage.tsx')), 'SettingsPage'),
})

const deliveries = createRoute({
  getParentRoute: () => signedIn,
  path: '/deliveries',
  validateSearch: parseDeliveryFilter,
  component: lazyRouteComponent(
    () => loadPage(() => import('./pages/deliveries/DeliveriesPage.tsx')),
    'DeliveriesPage',
  ),
})

const sandbox = createRoute({
  getParentRoute: () => signedIn,
  path: '/sandbox',
  validateSearch: ({ user }: Record<string, unknown>): { user?: number } => ({
    user: Number(user) > 0 ? Number(user) : undefined,
  }),
  loader: ({ context: { queryClient } }) =>
    Promise.all([queryClient.ensureQueryData(sandboxMessagesQuery()), queryClient.ensureQueryData(usersQuery)]),
  component: lazyRouteComponent(() => loadPage(() => import('./pages/sandbox/SandboxPage.tsx')), 'SandboxPage'),
})

export const routeTree = root.addChildren([
  signIn,
  setup,
  invitation,
  signedIn.addChildren([
    home,
    incidents,
    newIncident,
    incident,
    alertSources,
    newAlertSource,
    alertSource,
    editAlertSource,
    processing,
    escalationPolicies,
    newEscalationPolicy,
    escalationPolicy,
    schedules,
    newSchedule,
    importCalendar,
    schedule,
    editSchedule,
    maintenance,
    newMaintenance,
    editMaintenance,
    supportHours,
    newSupportHours,
    oneSupportHours,
    onCall,
    coverageRequests,
    askForCover,
    coverageRequest,
    users,
    inviteUser,
    user,
    profile,
    settings,
    deliveries,
    sandbox,
  ]),
])

async function loadUser(queryClient: QueryClient, id: number) {
  await Promise.all([
    queryClient.ensureQueryData(userQuery(id)),
    queryClient.ensureQueryData(contactsQuery(id, 'emails')),
    queryClient.ensureQueryData(contactsQuery(id, 'phone-numbers')),
    queryClient.ensureQueryData(preferencesQuery(id)),
    queryClient.ensureQueryData(onCallPreferencesQuery(id)),
  ])
}
