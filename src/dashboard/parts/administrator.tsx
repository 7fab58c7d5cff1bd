import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { currentUserQuery } from '../data/session.ts'

export function useIsAdministrator(): boolean {
  return useSuspenseQuery(currentUserQuery).data.role === 'ADMIN'
}

/** What only administrators may do is not offered to others; the API refuses it anyway. */
export function ForAdministrators({ children, otherwise }: { children: ReactNode; otherwise?: ReactNode }) {
  return useIsAdministrator() ? children : otherwise
}
