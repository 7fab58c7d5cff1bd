import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { id, idParam, instant, name, paging, queryList, reference, userReference } from './common.ts'
import { timezone } from './user.ts'

export const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const
export const dayOfWeek = z.enum(DAYS).meta({ id: 'DayOfWeek' })

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:00')

/** A wall-clock time in the schedule's zone. An instant with an offset or Z is taken too and becomes one. */
const wallClock = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/,
    'must be a date and time such as 2026-03-02T08:00',
  )
  .meta({ description: 'Wall clock in the schedule’s time zone, such as 2026-03-02T08:00' })

/** ISO-8601 durations of one unit, as iLert's P7D: hours, days, weeks or months. */
const rotation = z
  .string()
  .regex(/^(PT([1-9]\d{0,3})H|P([1-9]\d{0,2})[DWM])$/, 'must be a duration such as P7D, P1W, P1M or PT12H')
  .meta({ description: 'How long a turn is: PT12H, P1D, P7D, P1W, P1M' })

const endOfRestriction = z.object({
  dayOfWeek: dayOfWeek.nullish().meta({ description: 'Left out at both ends: every day' }),
  time: timeOfDay,
})
const restriction = z
  .object({ from: endOfRestriction, to: endOfRestriction })
  .superRefine(({ from, to }, ctx) => {
    if (Boolean(from.dayOfWeek) !== Boolean(to.dayOfWeek)) {
      const path = [from.dayOfWeek ? 'to' : 'from', 'dayOfWeek']
      ctx.addIssue({ code: 'custom', path, message: 'must be given at both ends or at neither' })
    } else if (from.dayOfWeek === to.dayOfWeek && from.time === to.time) {
      const message = 'is the same as from: a restriction needs a length. Leave restrictions out to cover all the time'
      ctx.addIssue({ code: 'custom', path: ['to'], message })
    }
  })
  .meta({ id: 'ScheduleLayerRestriction' })
export type ScheduleLayerRestriction = z.infer<typeof restriction>

const layerFields = z.object({
  id: z
    .int()
    .positive()
    .optional()
    .meta({ description: 'Tells that a layer is a known one, changed or renamed; else its name tells' }),
  name: name.optional().meta({ description: 'Unique in the schedule. Left out: as it is, or "Layer 1" and so on' }),
  startsOn: wallClock,
  endsOn: wallClock.nullish(),
  users: z.array(userReference).min(1, 'needs at least one user').max(LIMITS.usersPerLayer),
  rotation,
  turnOffset: z.int().min(0).max(LIMITS.usersPerLayer).optional().meta({
    description:
      'Who has the first turn, as an index into users. Left out, or sent back as it was read: a changed layer goes on with whoever is on call now',
  }),
  restrictionType: z
    .enum(['TIMES_OF_WEEK', 'TIMES_OF_DAY'])
    .nullish()
    .meta({ description: 'What all restrictions are; null: both kinds, or none' }),
  restrictions: z.array(restriction).max(LIMITS.restrictionsPerLayer).default([]).meta({
    description: 'When the layer covers at all, as a union; none: always. They only mask, turns go on behind them',
  }),
})

const scheduleLayerInput = layerFields
  .superRefine(({ restrictionType, restrictions }, ctx) => {
    if (!restrictionType) return
    const weekly = restrictionType === 'TIMES_OF_WEEK'
    const other = restrictions.findIndex(({ from }) => Boolean(from.dayOfWeek) !== weekly)
    const message = weekly ? 'is needed for TIMES_OF_WEEK' : 'must be left out for TIMES_OF_DAY'
    if (other >= 0) ctx.addIssue({ code: 'custom', path: ['restrictions', other, 'from', 'dayOfWeek'], message })
  })
  .meta({ id: 'ScheduleLayerInput' })
export type ScheduleLayerInput = z.infer<typeof scheduleLayerInput>

export const scheduleLayer = layerFields
  .extend({ id: z.int().positive(), name: z.string(), turnOffset: z.int() })
  .meta({ id: 'ScheduleLayer' })
export type ScheduleLayer = z.infer<typeof scheduleLayer>

/** Who is on call from when to when. One that goes on for more than a year is cut. */
export const shift = z.object({ user: userReference, start: instant, end: instant }).meta({ id: 'Shift' })
export type Shift = z.infer<typeof shift>

const boundedInstant = instant.refine((text) => /^(19[7-9]\d|20\d\d|21\d\d|2200)/.test(text), {
  message: 'must be in the years 1970 to 2200',
})

/** A shift that a person places: in a static schedule or over what the schedule says. Ends after it starts. */
export const shiftInput = z
  .object({ user: userReference, start: boundedInstant, end: boundedInstant })
  .refine(({ start, end }) => Date.parse(start) < Date.parse(end), { path: ['end'], message: 'must be after start' })
  .meta({ id: 'ShiftInput' })
export type ShiftInput = z.infer<typeof shiftInput>

const scheduleType = z.enum(['STATIC', 'RECURRING']).meta({ id: 'ScheduleType' })

export const scheduleInput = z
  .object({
    name,
    timezone: timezone.meta({ description: 'IANA name. Never changes' }),
    type: scheduleType,
    scheduleLayers: z
      .array(scheduleLayerInput)
      .max(LIMITS.layersPerSchedule)
      .optional()
      .meta({ description: 'RECURRING: where several cover an instant, the later in the list wins' }),
    shifts: z.array(shiftInput).max(LIMITS.shiftsPerSchedule).optional().meta({
      description:
        'STATIC: replaces what is still to come, or leaves it when left out; where two overlap, the later in the list wins',
    }),
    showGaps: z.boolean().default(true),
    defaultShiftDuration: z
      .string()
      .regex(/^P(T\d{1,3}H|\d{1,3}[DW])$/, 'must be a duration such as P7D or PT12H')
      .nullish(),
    version: z.int().positive().optional().meta({
      description: 'The version that was read: refused with 409 when somebody changed the schedule meanwhile',
    }),
  })
  .meta({ id: 'ScheduleInput' })
export type ScheduleInput = z.infer<typeof scheduleInput>

export const scheduleReference = z
  .object({ id, name: z.string(), type: scheduleType })
  .meta({ id: 'ScheduleReference' })

export const schedule = z
  .object({
    id,
    name: z.string(),
    timezone: z.string(),
    type: scheduleType,
    showGaps: z.boolean(),
    defaultShiftDuration: z.string().nullable(),
    version: z.int(),
    scheduleLayers: z.array(scheduleLayer).optional().meta({ description: 'RECURRING, as they are from now on' }),
    shifts: z.array(shift).optional().meta({ description: 'STATIC, from now on; with include=past all of them' }),
    currentShift: shift.nullish().meta({ description: 'From its true start to its true end; null: nobody is on call' }),
    nextShift: shift.nullish().meta({ description: 'The one after it, or after the gap; null: none begins' }),
    escalationPolicies: z.array(reference).meta({ description: 'The policies whose levels name it' }),
  })
  .meta({ id: 'Schedule' })
export type Schedule = z.infer<typeof schedule>

export const override = shift
  .extend({
    id,
    createdBy: userReference.nullable(),
    coverageRequest: z.object({ id }).nullable().meta({ description: 'The request that it answers' }),
    createdAt: instant,
  })
  .meta({ id: 'ScheduleOverride' })
export type Override = z.infer<typeof override>

/** Undoes or changes an override. */
export const overrideParams = idParam.extend({ overrideId: idParam.shape.id })

const gap = z.object({ start: instant, end: instant }).meta({ id: 'Gap' })

/** What a calendar draws: each layer for itself, the overrides over them, and what comes of it. */
export const renderedSchedule = z
  .object({
    timezone: z.string(),
    from: instant,
    until: instant,
    layers: z.array(z.object({ id: z.int().nullable(), name: z.string(), shifts: z.array(shift) })),
    overrides: z.array(override).meta({ description: 'Whole, the newest last' }),
    final: z.array(shift).meta({ description: 'Who is really on call, clipped to the interval' }),
    gaps: z.array(gap),
  })
  .meta({ id: 'RenderedSchedule' })
export type RenderedSchedule = z.infer<typeof renderedSchedule>

/** Somebody else is on call than before the change; null: nobody. */
export const shiftChange = z
  .object({ start: instant, end: instant, before: userReference.nullable(), after: userReference.nullable() })
  .meta({ id: 'ShiftChange' })
export type ShiftChange = z.infer<typeof shiftChange>

export const previewRequest = z
  .object({
    schedule: scheduleInput,
    scheduleId: id.optional().meta({ description: 'The schedule that would be changed; none: a new one' }),
    from: instant.optional(),
    until: instant.optional().meta({ description: 'Left out: four weeks from now' }),
  })
  .meta({ id: 'SchedulePreviewRequest' })

export const preview = z
  .object({
    before: renderedSchedule.nullable(),
    after: renderedSchedule,
    changes: z.array(shiftChange).meta({ description: 'Every stretch in which somebody else would be on call' }),
    version: z.int().nullable().meta({ description: 'Of the schedule that was compared with' }),
  })
  .meta({ id: 'SchedulePreview' })
export type SchedulePreview = z.infer<typeof preview>

const includes = z.enum(['scheduleLayers', 'shifts', 'currentShift', 'nextShift', 'past'])
export type Include = z.infer<typeof includes>
const include = queryList(includes)
export const includeQuery = z.object({ include })
export const schedulesQuery = paging.extend({ include })
export const saveQuery = z.object({
  'abort-on-gaps': z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'true: refused when nobody would be on call at some time of the next 90 days' }),
})

export const intervalQuery = z.object({
  from: instant.optional().meta({ description: 'Left out: now' }),
  until: instant.optional().meta({ description: `Left out: two weeks later. At most ${LIMITS.shiftsDays} days later` }),
})
/** For lists that go on without an end. */
export const openIntervalQuery = z.object({
  from: instant.optional().meta({ description: 'Left out: now' }),
  until: instant.optional().meta({ description: 'Left out: all that come' }),
})
export const shiftsQuery = intervalQuery.extend({ 'exclude-overrides': z.enum(['true', 'false']).optional() })

/** Somebody whom a policy would page. Without start and end: always on call, as direct members of a level are. */
export const onCall = z
  .object({
    user: userReference,
    escalationPolicy: z.object({ id, name: z.string() }),
    schedule: scheduleReference.nullable(),
    start: instant.nullable(),
    end: instant.nullable(),
    escalationLevel: z.int().min(1),
  })
  .meta({ id: 'OnCall' })
export type OnCall = z.infer<typeof onCall>

const ids = queryList(z.coerce.number().int().positive())
export const onCallsQuery = paging.extend({
  policies: ids,
  'policy-levels': queryList(z.coerce.number().int().min(1)),
  schedules: ids,
  users: ids,
  expand: queryList(z.enum(['user', 'escalationPolicy', 'schedule'])),
  from: instant.optional(),
  until: instant.optional().meta({ description: 'Left out: only who is on call at `from`, or now' }),
  timezone: timezone.optional().meta({ description: 'Accepted for compatibility; instants carry their own' }),
})

/** A user's shift, with the schedule that it belongs to. */
export const userShift = shift.extend({ schedule: scheduleReference }).meta({ id: 'UserShift' })
export type UserShift = z.infer<typeof userShift>

export const coverageRequestInput = z
  .object({
    schedule: z.object({ id }),
    start: instant,
    end: instant,
    users: z.array(userReference).min(1, 'needs at least one user').max(LIMITS.usersPerLayer),
    message: z.string().trim().max(1000).nullish(),
  })
  .refine(({ start, end }) => Date.parse(start) < Date.parse(end), { path: ['end'], message: 'must be after start' })
  .meta({ id: 'CoverageRequestInput' })
export type CoverageRequestInput = z.infer<typeof coverageRequestInput>

export const coverageRequest = z
  .object({
    id,
    schedule: scheduleReference.extend({ timezone: z.string() }),
    requestedBy: userReference,
    start: instant,
    end: instant,
    message: z.string().nullable(),
    status: z.enum(['OPEN', 'ACCEPTED', 'CANCELLED', 'EXPIRED']),
    users: z.array(z.object({ user: userReference, declinedAt: instant.nullable() })),
    acceptedBy: userReference.nullable(),
    answeredAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'CoverageRequest' })
export type CoverageRequest = z.infer<typeof coverageRequest>

export const coverageRequestsQuery = paging.extend({
  role: z.enum(['asked', 'asking']).optional().meta({ description: 'Only those that ask me, or that I made' }),
  status: z.enum(['OPEN', 'ACCEPTED', 'CANCELLED', 'EXPIRED']).optional(),
})

/** An iCalendar address. Without a schedule it has the shifts of the user who made it, in all schedules. */
export const calendarFeedInput = z.object({ schedule: z.object({ id }).nullish() }).meta({ id: 'CalendarFeedInput' })
export const calendarFeed = z
  .object({ id, schedule: scheduleReference.nullable(), createdAt: instant, lastUsedAt: instant.nullable() })
  .meta({ id: 'CalendarFeed' })
export type CalendarFeed = z.infer<typeof calendarFeed>
export const calendarFeedCreated = calendarFeed
  .extend({ url: z.string().meta({ description: 'Shown once: whoever has it can read the shifts' }) })
  .meta({ id: 'CalendarFeedCreated' })

/** What was read from an .ics: shifts of a static schedule, for people to check before it is created. */
export const importedCalendar = z
  .object({
    name: z.string().nullable(),
    timezone: z.string().nullable(),
    shifts: z.array(
      z.object({
        start: instant,
        end: instant,
        label: z.string().meta({ description: 'As the calendar says it' }),
        user: userReference.nullable().meta({ description: 'Found by e-mail address or name' }),
      }),
    ),
    skipped: z.array(z.string()).meta({ description: 'What was left out, and why' }),
  })
  .meta({ id: 'ImportedCalendar' })
export type ImportedCalendar = z.infer<typeof importedCalendar>
