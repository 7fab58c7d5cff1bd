import { sql } from 'drizzle-orm'
import type { NoticeChannel } from '../../notifications/model.ts'
import { onCallPreferences } from '../schema.ts'
import { contactPreferences } from './contact-preferences.ts'

export interface OnCallPreferenceFields {
  method: NoticeChannel
  contactId: number | null
  beforeMin: number
}

/** The longest before a shift first. */
const store = contactPreferences<typeof onCallPreferences, OnCallPreferenceFields>(onCallPreferences, {
  ...{ name: 'on_call_preferences', limit: 'onCallPreferencesPerUser', word: 'on-call preference' },
  order: sql`${onCallPreferences.beforeMin} desc, ${onCallPreferences.id}`,
})

export const listOnCallPreferences = store.list
export const createOnCallPreference = store.create
export const updateOnCallPreference = store.update
export const deleteOnCallPreference = store.remove

export type StoredOnCallPreference = Awaited<ReturnType<typeof listOnCallPreferences>>[number]
