import { queryOptions } from '@tanstack/react-query'
import type { NotificationSettings } from '../../api/schemas/notification-settings.ts'
import type { UpdatePreference, UpdatePreferenceInput } from '../../api/schemas/update-preference.ts'
import { api } from '../api.ts'

/** When a user is not told of incidents. */
export const notificationSettingsQuery = (user: number) =>
  queryOptions({
    queryKey: ['users', user, 'notification-settings'],
    queryFn: ({ signal }) => api.get<NotificationSettings>(`/users/${user}/notification-settings`, { signal }),
  })
export const saveNotificationSettings = (user: number, settings: NotificationSettings) =>
  api.put<NotificationSettings>(`/users/${user}/notification-settings`, settings)

/** Which changes by others a user hears of. */
export const updatePreferencesQuery = (user: number) =>
  queryOptions({
    queryKey: ['users', user, 'update-preferences'],
    queryFn: ({ signal }) => api.get<UpdatePreference[]>(`/users/${user}/notification-preferences/updates`, { signal }),
  })
export const saveUpdatePreference = (user: number, id: number | null, input: UpdatePreferenceInput) =>
  id === null
    ? api.post<UpdatePreference>(`/users/${user}/notification-preferences/updates`, input)
    : api.put<UpdatePreference>(`/users/${user}/notification-preferences/updates/${id}`, input)
export const deleteUpdatePreference = (user: number, id: number) =>
  api.delete(`/users/${user}/notification-preferences/updates/${id}`)
