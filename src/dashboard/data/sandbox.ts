import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod'
import type { SandboxMessage, sandboxReply } from '../../api/schemas/sandbox.ts'
import { api } from '../api.ts'
import { whenNotLive } from '../live.ts'

export type SandboxReply = z.infer<typeof sandboxReply>
export type AnswerAction = SandboxMessage['actions'][number]['action']

/** Newest first. */
export const sandboxMessagesQuery = queryOptions({
  queryKey: ['sandbox'],
  queryFn: ({ signal }) => api.get<SandboxMessage[]>('/sandbox/messages', { signal }),
  refetchInterval: whenNotLive,
})

export const replyTo = (messageId: string, reply: SandboxReply) =>
  api.post<{ answer: string }>(`/sandbox/messages/${encodeURIComponent(messageId)}/reply`, reply)
