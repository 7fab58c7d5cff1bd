import { queryOptions } from '@tanstack/react-query'
import type { EscalationPolicy, EscalationPolicyInput } from '../../api/schemas/escalation-policy.ts'
import { api } from '../api.ts'

export const escalationPoliciesQuery = queryOptions({
  queryKey: ['escalation-policies'],
  queryFn: ({ signal }) => api.all<EscalationPolicy>('/escalation-policies', signal),
})

export const escalationPolicyQuery = (id: number) =>
  queryOptions({
    queryKey: ['escalation-policies', id],
    queryFn: ({ signal }) => api.get<EscalationPolicy>(`/escalation-policies/${id}`, { signal }),
  })

export const saveEscalationPolicy = (id: number | null, input: EscalationPolicyInput) =>
  id === null
    ? api.post<EscalationPolicy>('/escalation-policies', input)
    : api.put<EscalationPolicy>(`/escalation-policies/${id}`, input)

export const deleteEscalationPolicy = (id: number) => api.delete(`/escalation-policies/${id}`)
