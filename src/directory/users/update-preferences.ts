import { sql } from 'drizzle-orm'
import type { NoticeChannel, UpdateType } from '../../notifications/model.ts'
import { updatePreferences as table } from '../schema.ts'
import { contactPreferences } from './contact-preferences.ts'

export interface UpdatePreferenceFields {
  method: NoticeChannel
  contactId: number | null
  type: UpdateType
}

export const updatePreferences = contactPreferences<typeof table, UpdatePreferenceFields>(table, {
  ...{ name: 'update_preferences', limit: 'updatePreferencesPerUser', word: 'update preference' },
  order: sql`${table.type}, ${table.id}`,
})

export type StoredUpdatePreference = Awaited<ReturnType<typeof updatePreferences.list>>[number]
