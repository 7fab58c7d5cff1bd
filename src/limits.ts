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
  /** Timeline entries of one incident that are kept one by one; later repeats of an event are only counted. */
  timelineEntries: 2000,
  levelsPerPolicy: 20,
  targetsPerLevel: 20,
  /** Passes through a policy's levels, as iLert's `frequency`. */
  policyPasses: 9,
  escalationTimeoutMinutes: 525_600,
  initialDelayMinutes: 60,
  contactsPerUser: 10,
  preferencesPerUser: 30,
  preferenceDelayMinutes: 9000,
  pageSize: 100,
  bulkIncidents: 100,
} as const
