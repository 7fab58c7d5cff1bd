import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { MailSettings } from '../alert-sources/email/mail.ts'
import type { HeartbeatSettings } from '../alert-sources/heartbeats/heartbeat.ts'
import type { EventRule, EventTemplates } from '../alert-sources/processing/model.ts'
import type { Recurrence } from '../maintenance/model.ts'
import type { ContactFaults } from '../notifications/contact-fault.ts'
import type { DeviceKeys, QuietHours } from '../notifications/model.ts'
import type { Notice } from '../notifications/notice.ts'
import type { Layer, Shift } from '../on-call/model.ts'
import type { SupportHours } from '../support-hours/model.ts'

/**
 * D1: the configuration, and a read model of incidents for lists and reports.
 *
 * What must survive D1's failure is not here but in the objects; `publish.ts` pushes every change to them.
 */

const instantColumn = (name: string) => integer(name, { mode: 'timestamp_ms' })
const createdAt = () =>
  instantColumn('created_at')
    .notNull()
    .$defaultFn(() => new Date())
const updatedAt = () =>
  instantColumn('updated_at')
    .notNull()
    .$defaultFn(() => new Date())
    .$onUpdateFn(() => new Date())

/** People. better-auth's `user` model, with ours in the same row: one person is one row. */
export const users = sqliteTable('users', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  firstName: text('first_name').notNull(),
  lastName: text('last_name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: integer('email_verified', { mode: 'boolean' }).notNull().default(false),
  image: text('image'),
  role: text('role', { enum: ['ADMIN', 'USER'] })
    .notNull()
    .default('USER'),
  timezone: text('timezone').notNull().default('UTC'),
  language: text('language', { enum: ['en', 'de'] })
    .notNull()
    .default('en'),
  /** Until then no notification is sent to them, and incidents go on to the next level at once. */
  mutedUntil: instantColumn('muted_until'),
  /** When LOW pages wait, each day in the user's time zone. */
  quietHours: text('quiet_hours', { mode: 'json' }).$type<QuietHours>(),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
})

export const sessions = sqliteTable(
  'sessions',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    token: text('token').notNull().unique(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: instantColumn('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index('sessions_user').on(table.userId)],
)

/** How a person signs in: today a password, later also an identity provider. */
export const accounts = sqliteTable(
  'accounts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    password: text('password'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: instantColumn('access_token_expires_at'),
    refreshTokenExpiresAt: instantColumn('refresh_token_expires_at'),
    scope: text('scope'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index('accounts_user').on(table.userId)],
)

export const verifications = sqliteTable('verifications', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: instantColumn('expires_at').notNull(),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
})

/** better-auth's counters of attempts to sign in, by network address. */
export const rateLimits = sqliteTable('rate_limits', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  key: text('key').notNull().unique(),
  count: integer('count').notNull(),
  lastRequest: integer('last_request').notNull(),
})

/** A link with which somebody chooses their first password, or a new one; only the hash of its token is kept. */
export const invitations = sqliteTable('invitations', {
  userId: integer('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  tokenHash: text('token_hash').notNull().unique(),
  invitedBy: integer('invited_by').references(() => users.id, { onDelete: 'set null' }),
  expiresAt: instantColumn('expires_at').notNull(),
  createdAt: createdAt(),
})

/** Bearer keys of the REST API. A key acts as its user; only its SHA-256 is kept. */
export const apiKeys = sqliteTable(
  'api_keys',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    keyHash: text('key_hash').notNull().unique(),
    lastUsedAt: instantColumn('last_used_at'),
    createdAt: createdAt(),
  },
  (table) => [index('api_keys_user').on(table.userId)],
)

/**
 * Where a person can be reached. A phone number serves SMS and voice; a Telegram contact's target is the id of the chat
 * with the bot, and empty until that has begun.
 */
export const contacts = sqliteTable(
  'contacts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['EMAIL', 'PHONE', 'TELEGRAM'] }).notNull(),
    target: text('target').notNull(),
    /** LOCKED: not verified yet, so that nothing is sent there but the code. */
    status: text('status', { enum: ['OK', 'LOCKED'] })
      .notNull()
      .default('OK'),
    /** Only the hash of the code that verifies it is kept. */
    codeHash: text('code_hash'),
    codeExpiresAt: instantColumn('code_expires_at'),
    codeAttempts: integer('code_attempts').notNull().default(0),
    /** By channel, why carriers say that nothing arrives there. It is still tried: a page is worth more than a bounce. */
    faults: text('faults', { mode: 'json' }).$type<ContactFaults>().notNull().default({}),
    /** Its owner texted STOP: no text goes there any more until START. Calls still do. */
    smsStopped: integer('sms_stopped', { mode: 'boolean' }).notNull().default(false),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('contacts_target').on(table.userId, table.kind, table.target),
    index('contacts_by_target').on(table.target),
  ],
)

/** A user's own rules: which channel, after how many minutes, for high or for low priority. */
export const notificationPreferences = sqliteTable(
  'notification_preferences',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    method: text('method', { enum: ['EMAIL', 'SMS', 'VOICE', 'PUSH', 'TELEGRAM'] }).notNull(),
    contactId: integer('contact_id').references(() => contacts.id, { onDelete: 'cascade' }),
    delayMin: real('delay_min').notNull().default(0),
    type: text('type', { enum: ['HIGH_PRIORITY', 'LOW_PRIORITY'] }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('notification_preferences_user').on(table.userId)],
)

/** Reminders before a shift. Changes of one's shifts are told through the same contacts, at once. */
export const onCallPreferences = sqliteTable(
  'on_call_preferences',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    method: text('method', { enum: ['EMAIL', 'SMS', 'PUSH', 'TELEGRAM'] }).notNull(),
    contactId: integer('contact_id').references(() => contacts.id, { onDelete: 'cascade' }),
    /** Minutes before a shift begins; 0: when it begins. */
    beforeMin: integer('before_min').notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('on_call_preferences_user').on(table.userId)],
)

/** What a user wants to hear of incidents that they were paged for, and where. */
export const updatePreferences = sqliteTable(
  'update_preferences',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    method: text('method', { enum: ['EMAIL', 'SMS', 'PUSH', 'TELEGRAM'] }).notNull(),
    contactId: integer('contact_id').references(() => contacts.id, { onDelete: 'cascade' }),
    type: text('type', { enum: ['ACCEPTED', 'ESCALATED', 'RESOLVED'] }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('update_preferences_user').on(table.userId)],
)

/** Where a user's pushes go: all of them get each. */
export const pushDevices = sqliteTable(
  'push_devices',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['WEB_PUSH', 'NTFY', 'PUSHOVER'] }).notNull(),
    /** As its user knows it: "Firefox on Android". */
    name: text('name').notNull(),
    /** WEB_PUSH: the subscription's endpoint. NTFY: the topic's address. PUSHOVER: the user key. */
    target: text('target').notNull(),
    /** WEB_PUSH: the subscription's keys, base64url. NTFY: an access token, encrypted. */
    keys: text('keys', { mode: 'json' }).$type<DeviceKeys>().notNull().default({}),
    /** Why the last push did not reach it; null: it did. One that is gone is deleted instead. */
    fault: text('fault'),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('push_devices_target').on(table.userId, table.kind, table.target)],
)

/**
 * What carriers did with each message, the newest last: for administrators to look up, and for the health of providers.
 * Only added to; the watchdog deletes the oldest. Without AUTOINCREMENT, which would be a second row for each that is written.
 */
export const deliveryLog = sqliteTable('delivery_log', {
  id: integer('id').primaryKey(),
  at: instantColumn('at').notNull(),
  userId: integer('user_id').notNull(),
  notificationId: text('notification_id').notNull(),
  incidentId: integer('incident_id'),
  channel: text('channel', { enum: ['EMAIL', 'SMS', 'VOICE', 'PUSH', 'TELEGRAM'] }).notNull(),
  /** Masked: enough to recognise, too little to misuse. */
  target: text('target').notNull(),
  provider: text('provider').notNull(),
  outcome: text('outcome', { enum: ['sent', 'failed', 'refused', 'delivered', 'undelivered'] }).notNull(),
  reason: text('reason'),
  /** How long the provider took; null for what it said later. */
  durationMs: integer('duration_ms'),
})

/**
 * Notices that their receiver's Pager has not confirmed. Written in the batch of the change that they tell of, deleted
 * when the Pager has them, retried by the watchdog.
 */
export const pendingNotices = sqliteTable('pending_notices', {
  /** User and notice, so that the same news is told once. */
  id: text('id').primaryKey(),
  userId: integer('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  notice: text('notice', { mode: 'json' }).$type<Notice>().notNull(),
  since: instantColumn('since')
    .notNull()
    .$defaultFn(() => new Date()),
  attempts: integer('attempts').notNull().default(0),
})

/** Names of deleted users: history goes on saying who was on call. */
export const formerUsers = sqliteTable('former_users', { id: integer('id').primaryKey(), name: text('name').notNull() })

/** A layer of a recurring schedule, as its schedule keeps it. */
export interface StoredLayer extends Layer {
  /** Unique in its schedule, and kept when the layer is changed. */
  id: number
}

export const schedules = sqliteTable('schedules', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  /** Never changes: layers and restrictions are wall-clock times of it. */
  timezone: text('timezone').notNull(),
  /** Never changes. */
  type: text('type', { enum: ['RECURRING', 'STATIC'] }).notNull(),
  /** RECURRING: as they are now, the later in the list wins. Always read and written whole. */
  layers: text('layers', { mode: 'json' }).$type<StoredLayer[]>().notNull().default([]),
  /** RECURRING: as they were before each change, oldest first; `until`: epoch ms of the change. */
  pastLayers: text('past_layers', { mode: 'json' })
    .$type<{ until: number; layers: StoredLayer[] }[]>()
    .notNull()
    .default([]),
  /** STATIC: placed by hand, in epoch ms; the later in the list wins. */
  shifts: text('shifts', { mode: 'json' }).$type<Shift[]>().notNull().default([]),
  /** STATIC: how long a shift is that somebody places, as an ISO duration. */
  defaultShiftDuration: text('default_shift_duration'),
  showGaps: integer('show_gaps', { mode: 'boolean' }).notNull().default(true),
  /** Grows with each change of the schedule itself: of two edits at the same time the second is refused. */
  version: integer('version').notNull().default(1),
  /** Grows with each change of its overrides: with `version`, what a change was planned on (`schedules/as-read.ts`). */
  overridesVersion: integer('overrides_version').notNull().default(0),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
})

/** Beats the schedule's layers and shifts; of two the one with the greater id beats the other. */
export const scheduleOverrides = sqliteTable(
  'schedule_overrides',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    scheduleId: integer('schedule_id')
      .notNull()
      .references(() => schedules.id, { onDelete: 'cascade' }),
    /** No reference: what is past stays, also when the user goes. */
    userId: integer('user_id').notNull(),
    start: instantColumn('start').notNull(),
    end: instantColumn('end').notNull(),
    /** Who made it; null when they are gone. */
    createdBy: integer('created_by').references(() => users.id, { onDelete: 'set null' }),
    /** The coverage request that it answers, alone or with others. */
    coverageRequestId: integer('coverage_request_id'),
    createdAt: createdAt(),
  },
  (table) => [
    index('schedule_overrides_of').on(table.scheduleId, table.end),
    index('schedule_overrides_user').on(table.userId, table.end),
  ],
)

/** Somebody asks colleagues to take a shift, or a part of it; the first to accept has it. */
export const coverageRequests = sqliteTable(
  'coverage_requests',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    scheduleId: integer('schedule_id')
      .notNull()
      .references(() => schedules.id, { onDelete: 'cascade' }),
    requestedBy: integer('requested_by')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    start: instantColumn('start').notNull(),
    end: instantColumn('end').notNull(),
    message: text('message'),
    status: text('status', { enum: ['OPEN', 'ACCEPTED', 'CANCELLED'] })
      .notNull()
      .default('OPEN'),
    acceptedBy: integer('accepted_by').references(() => users.id, { onDelete: 'set null' }),
    answeredAt: instantColumn('answered_at'),
    createdAt: createdAt(),
  },
  (table) => [index('coverage_requests_of').on(table.scheduleId)],
)

/** Who is asked. */
export const coverageRequestUsers = sqliteTable(
  'coverage_request_users',
  {
    requestId: integer('request_id')
      .notNull()
      .references(() => coverageRequests.id, { onDelete: 'cascade' }),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    declinedAt: instantColumn('declined_at'),
  },
  (table) => [
    primaryKey({ columns: [table.requestId, table.userId] }),
    index('coverage_request_users_of').on(table.userId),
  ],
)

/** Secret addresses under which calendars read shifts; only the hash of the token is kept. Deleting one revokes it. */
export const calendarFeeds = sqliteTable(
  'calendar_feeds',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    tokenHash: text('token_hash').notNull().unique(),
    /** Whose feed it is: who made it, and whose shifts it shows where it names no schedule. */
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    scheduleId: integer('schedule_id').references(() => schedules.id, { onDelete: 'cascade' }),
    lastUsedAt: instantColumn('last_used_at'),
    createdAt: createdAt(),
  },
  (table) => [index('calendar_feeds_user').on(table.userId)],
)

/** What one level of a policy names. Other kinds of target join here. */
export interface StoredTarget {
  type: 'user' | 'schedule'
  id: number
}
export interface StoredLevel {
  timeoutMinutes: number
  targets: StoredTarget[]
}

export const escalationPolicies = sqliteTable('escalation_policies', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  /** Ordered, and always read and written whole. */
  levels: text('levels', { mode: 'json' }).$type<StoredLevel[]>().notNull(),
  repeating: integer('repeating', { mode: 'boolean' }).notNull().default(false),
  frequency: integer('frequency').notNull().default(1),
  delayMinutes: real('delay_minutes').notNull().default(0),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
})

/** When somebody is at work, by name, for any number of sources. */
export const supportHours = sqliteTable('support_hours', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  timezone: text('timezone').notNull(),
  supportDays: text('support_days', { mode: 'json' }).$type<SupportHours['supportDays']>().notNull(),
  exceptions: text('exceptions', { mode: 'json' }).$type<SupportHours['exceptions']>().notNull().default([]),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
})

export const maintenanceWindows = sqliteTable('maintenance_windows', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  description: text('description'),
  timezone: text('timezone').notNull(),
  /** The first time. */
  start: instantColumn('start').notNull(),
  end: instantColumn('end').notNull(),
  recurrence: text('recurrence', { mode: 'json' }).$type<Recurrence>(),
  createdBy: integer('created_by').references(() => users.id, { onDelete: 'set null' }),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
})

export const maintenanceWindowSources = sqliteTable(
  'maintenance_window_sources',
  {
    windowId: integer('window_id')
      .notNull()
      .references(() => maintenanceWindows.id, { onDelete: 'cascade' }),
    sourceId: integer('source_id')
      .notNull()
      .references(() => alertSources.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.windowId, table.sourceId] }),
    index('maintenance_window_sources_of').on(table.sourceId),
  ],
)

export const alertSources = sqliteTable(
  'alert_sources',
  {
    /** Below 2^21, so that an incident's id (source · 2^32 + number) stays a safe integer. */
    id: integer('id').primaryKey({ autoIncrement: true }),
    name: text('name').notNull(),
    shortName: text('short_name').notNull().unique(),
    /** A tool's, or one of our own: API, EMAIL, SMS, HEARTBEAT. */
    integrationType: text('integration_type').notNull().default('API'),
    escalationPolicyId: integer('escalation_policy_id')
      .notNull()
      .references(() => escalationPolicies.id),
    active: integer('active', { mode: 'boolean' }).notNull().default(true),
    incidentCreation: text('incident_creation', {
      enum: [
        'ONE_INCIDENT_PER_EMAIL',
        'ONE_INCIDENT_PER_EMAIL_SUBJECT',
        'ONE_PENDING_INCIDENT_ALLOWED',
        'ONE_OPEN_INCIDENT_ALLOWED',
        'ONE_INCIDENT_GROUPED_PER_WINDOW',
      ],
    })
      .notNull()
      .default('ONE_INCIDENT_PER_EMAIL'),
    groupingWindow: text('grouping_window'),
    autoResolutionTimeout: text('auto_resolution_timeout'),
    priorityRule: text('priority_rule', {
      enum: ['HIGH', 'LOW', 'HIGH_DURING_SUPPORT_HOURS', 'LOW_DURING_SUPPORT_HOURS'],
    })
      .notNull()
      .default('HIGH'),
    /** For the priority rules that name them. */
    supportHoursId: integer('support_hours_id').references(() => supportHours.id),
    autoRaise: integer('auto_raise', { mode: 'boolean' }).notNull().default(false),
    resolveDelay: text('resolve_delay'),
    eventsPerMinute: integer('events_per_minute'),
    maxOpenIncidents: integer('max_open_incidents'),
    /** What is done with an event before it is grouped; always read and written whole. */
    templates: text('templates', { mode: 'json' }).$type<EventTemplates>(),
    rules: text('rules', { mode: 'json' }).$type<EventRule[]>().notNull().default([]),
    mail: text('mail', { mode: 'json' }).$type<MailSettings>(),
    /** SMS sources: the carrier's number, and the keyword on a number that several share ('' for none). */
    smsNumber: text('sms_number'),
    smsKeyword: text('sms_keyword'),
    smsAllowed: text('sms_allowed', { mode: 'json' }).$type<string[]>().notNull().default([]),
    heartbeat: text('heartbeat', { mode: 'json' }).$type<HeartbeatSettings>(),
    /** Encrypted; only whether there is one is ever told. */
    signingSecret: text('signing_secret'),
    /** The generation that the current integration key carries, and until when the one before it is still taken. */
    keyGeneration: integer('key_generation').notNull().default(1),
    previousKeyValidUntil: instantColumn('previous_key_valid_until'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [uniqueIndex('alert_sources_sms').on(table.smsNumber, table.smsKeyword)],
)

/**
 * Which source a short name means. Never deleted, and kept when a source takes another name: references such as PROM-42
 * are in mails and tickets, and must not come to mean another incident.
 */
export const shortNames = sqliteTable('short_names', {
  shortName: text('short_name').primaryKey(),
  sourceId: integer('source_id').notNull(),
})

/**
 * The read model of incidents: what lists, counts and reports ask. Written by the projections queue alone, newest
 * version wins. Row writes are what the platform bills most, so it has two indexes and no more; a source's incidents
 * are a range of the primary key.
 */
export const incidents = sqliteTable(
  'incidents',
  {
    /** sourceId · 2^32 + number */
    id: integer('id').primaryKey(),
    reference: text('reference').notNull(),
    version: integer('version').notNull(),
    status: text('status', { enum: ['PENDING', 'ACCEPTED', 'RESOLVED'] }).notNull(),
    priority: text('priority', { enum: ['HIGH', 'LOW'] }).notNull(),
    severity: integer('severity'),
    summary: text('summary').notNull(),
    incidentKey: text('incident_key'),
    sourceId: integer('source_id').notNull(),
    sourceName: text('source_name').notNull(),
    policyId: integer('policy_id'),
    policyName: text('policy_name'),
    assignedToId: integer('assigned_to_id'),
    assignedToName: text('assigned_to_name'),
    /** Users being paged or having accepted: JSON array of ids. */
    responderIds: text('responder_ids', { mode: 'json' }).$type<number[]>().notNull(),
    eventCount: integer('event_count').notNull(),
    reportedAt: instantColumn('reported_at').notNull(),
    acceptedAt: instantColumn('accepted_at'),
    resolvedAt: instantColumn('resolved_at'),
    nextEscalationAt: instantColumn('next_escalation_at'),
    /** The earliest instant at which the incident's object must act; the watchdog pokes what is overdue. */
    nextDeadlineAt: instantColumn('next_deadline_at'),
  },
  (table) => [
    index('incidents_reported').on(table.reportedAt),
    index('incidents_open').on(table.nextDeadlineAt).where(sql`status <> 'RESOLVED'`),
  ],
)

/**
 * Objects that have not confirmed their newest configuration. Written in the batch that changes the configuration,
 * deleted when the object has it, retried by the watchdog: the outbox of D1.
 */
export const pendingPublications = sqliteTable(
  'pending_publications',
  {
    object: text('object', { enum: ['alert-source', 'pager'] }).notNull(),
    objectId: integer('object_id').notNull(),
    since: instantColumn('since')
      .notNull()
      .$defaultFn(() => new Date()),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    /** The change that the object has to hear of: confirmed by that revision or a newer one. */
    revision: integer('revision').notNull(),
  },
  (table) => [primaryKey({ columns: [table.object, table.objectId] })],
)

/** The deployment's own settings, one row each. */
export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value', { mode: 'json' }).notNull(),
  updatedAt: updatedAt(),
})

/** Queue messages that ran out of retries, kept so that health can show them. */
export const deadLetters = sqliteTable('dead_letters', {
  id: text('id').primaryKey(),
  queue: text('queue').notNull(),
  body: text('body', { mode: 'json' }).notNull(),
  failedAt: instantColumn('failed_at').notNull(),
})
