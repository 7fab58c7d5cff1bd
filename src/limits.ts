/**
 * Every bound on what people and tools may send or keep, in one place.
 *
 * A refused request names the limit; lowering one never blocks making something smaller.
 */
export const LIMITS = {
  /** Bytes of one event's body. The compatible clients truncate at 512 kB themselves. */
  eventBodyBytes: 512 * 1024,
  /** Bytes of a REST request's body. */
  apiBodyBytes: 256 * 1024,
  summaryCharacters: 1024,
  /** Of an incident's details, what a notification carries. */
  pageDetailsCharacters: 4000,
  detailsCharacters: 64 * 1024,
  keyCharacters: 512,
  linksPerEvent: 20,
  imagesPerEvent: 20,
  commentsPerEvent: 20,
  labelsPerEvent: 64,
  labelCharacters: 256,
  urlCharacters: 2048,
  commentCharacters: 8192,
  /** Bytes of JSON of an event's custom details: with all else of an event in a row of at most 2 MB. */
  customDetailsBytes: 600 * 1024,
  /** Of one request; a tool that groups sends many at once. */
  eventsPerRequest: 1000,
  /** Of one source, unless it is set lower. */
  eventsPerMinute: 10_000,
  /** Open incidents of one source above which further events are collected into one, unless set lower. */
  openIncidentsPerSource: 1000,
  /** Bytes of a mail; what Cloudflare's Email Routing takes. */
  mailBytes: 25 * 1024 * 1024,
  /** Of a raw payload, what a source's event log keeps. */
  loggedPayloadCharacters: 16_384,
  templateCharacters: 4096,
  linkTemplatesPerSource: 10,
  rulesPerSource: 50,
  /** That its rules choose. Each goes into the source's object with its schedules, as one value of at most 2 MB in all. */
  policiesPerSource: 10,
  ruleCharacters: 1024,
  predicatesPerSource: 20,
  patternCharacters: 500,
  smsAllowedPerSource: 500,
  /** Bytes of a ping's body that are kept. */
  pingBodyBytes: 2000,
  supportHoursExceptions: 200,
  sourcesPerMaintenanceWindow: 50,
  maintenanceWindows: 500,
  /** Timeline entries of one incident that are kept one by one; later repeats of an event are only counted. */
  timelineEntries: 2000,
  levelsPerPolicy: 20,
  targetsPerLevel: 20,
  /** Different ones: every incident of the policy takes them along. */
  /** With the bounds on each, an incident takes less than 1 MB of schedules along; an object's value has at most 2 MB. */
  schedulesPerPolicy: 10,
  /** Passes through a policy's levels, as iLert's `frequency`. */
  policyPasses: 9,
  escalationTimeoutMinutes: 525_600,
  initialDelayMinutes: 60,
  contactsPerUser: 10,
  pushDevicesPerUser: 10,
  preferencesPerUser: 30,
  preferenceDelayMinutes: 9000,
  onCallPreferencesPerUser: 10,
  updatePreferencesPerUser: 10,
  layersPerSchedule: 30,
  usersPerLayer: 100,
  restrictionsPerLayer: 50,
  /** Characters of JSON of all layers: layers times restrictions is what working out who is on call costs. */
  layersCharacters: 40_000,
  /** Placed by hand in a static schedule. */
  shiftsPerSchedule: 1000,
  /** That are not over yet. */
  overridesPerSchedule: 300,
  /** Kept of a schedule's past, the newest. */
  pastChangesPerSchedule: 200,
  /** Of the JSON of a schedule's past: a row of D1 has at most 2 MB. */
  pastLayersCharacters: 1_000_000,
  /** Kept of a static schedule's past, the newest. */
  pastShiftsPerSchedule: 5000,
  /** Days of shifts that one request may ask for. */
  shiftsDays: 400,
  coverageRequestsOpen: 50,
  calendarFeedsPerUser: 20,
  /** Bytes of an .ics that is imported. */
  calendarBytes: 256 * 1024,
  calendarEvents: 1000,
  pageSize: 100,
  bulkIncidents: 100,
} as const
