import { queryOptions } from '@tanstack/react-query'
import type { Device, DeviceInput } from '../../api/schemas/push-device.ts'
import { api } from '../api.ts'

export const devicesQuery = (user: number) =>
  queryOptions({
    queryKey: ['users', user, 'devices'],
    queryFn: ({ signal }) => api.get<Device[]>(`/users/${user}/devices`, { signal }),
  })

export const addDevice = (user: number, input: DeviceInput) => api.post<Device>(`/users/${user}/devices`, input)
export const removeDevice = (user: number, id: number) => api.delete(`/users/${user}/devices/${id}`)
export const testDevice = (user: number, id: number) =>
  api.post<{ sent: boolean; message: string }>(`/users/${user}/devices/${id}/test`)

/** base64url: what browsers subscribe with. */
export const pushPublicKey = async () => (await api.get<{ publicKey: string }>('/push/public-key')).publicKey
