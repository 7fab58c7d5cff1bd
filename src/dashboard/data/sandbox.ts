import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod'
import type { SandboxMessage, sandboxReply } from '../../api/schemas/sandbox.ts'
import { api } from '../api.ts'

export type SandboxReply = z.infer<typeof sandboxReply>

/** Newest first; of one user, or of everybody. */
export const sandboxMessagesQuery = (user?: number) =>
  queryOptions({
    queryKey: ['sandbox', user],
    queryFn: ({ signal }) => api.get<SandboxMessage[]>('/sandbox/messages', { query: { user }, signal }),
    placeholderData: user === undefined ? keepPreviousData : undefined,
  })

export const replyTo = (messageId: string, reply: SandboxReply) =>
  api.post<{ answer: string }>(`/sandbox/messages/${encodeURIComponent(messageId)}/reply`, reply)
