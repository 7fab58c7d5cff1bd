import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { devicesQuery } from '../../data/devices.ts'
import { currentUserQuery } from '../../data/session.ts'
import { preferencesQuery } from '../../data/users.ts'
import { Problem } from '../../parts/Notice.tsx'

/** A push step of somebody without a device goes nowhere. In the sandbox the simulated phone takes it. */
export function PushReminder({ userId }: { userId: number }) {
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const { data: steps } = useSuspenseQuery(preferencesQuery(userId))
  const { data: devices } = useQuery(devicesQuery(userId))
  const missing = !me.sandbox && devices?.length === 0 && steps.some(({ method }) => method === 'PUSH')
  if (!missing) return null
  return (
    <Problem>
      {me.id === userId
        ? 'You have a push step and no device that takes pushes: turn one on under Devices, above.'
        : 'There is a push step and no device that takes pushes. Only they themselves can turn one on.'}
    </Problem>
  )
}
