import { queryOptions } from '@tanstack/react-query'
import type { SelfTest, SelfTestInput } from '../../api/schemas/self-test.ts'
import { api } from '../api.ts'

export const selfTestQuery = queryOptions({
  queryKey: ['self-test'],
  queryFn: ({ signal }) => api.get<SelfTest>('/self-test', { signal }),
  // What becomes of one that is under way is read by the watchdog, each minute.
  refetchInterval: ({ state }) => (state.data?.result?.outcome === 'PENDING' ? 10_000 : false),
})

export const saveSelfTest = (input: SelfTestInput) => api.put<SelfTest>('/self-test', input)
export const deleteSelfTest = () => api.delete('/self-test')
export const runSelfTest = () => api.post<SelfTest>('/self-test/run')
