import { useQuery } from '@tanstack/react-query'
import { brokenContactsQuery } from '../../data/contact-messages.ts'
import { WarningIcon } from '../../parts/icons.tsx'
import { METHODS } from './preference-text.ts'

/** For administrators: carriers say that nothing arrives at a contact of this person. */
export function BrokenContactBadge({ userId }: { userId: number }) {
  const { data: broken = [] } = useQuery(brokenContactsQuery)
  const own = broken.filter(({ user }) => user.id === userId)
  if (own.length === 0) return null
  const why = own.map(({ method, target, reason }) => `${METHODS[method]} ${target}: ${reason}`).join('; ')
  return (
    <span title={why}>
      {' · '}
      <WarningIcon /> contact broken
    </span>
  )
}
