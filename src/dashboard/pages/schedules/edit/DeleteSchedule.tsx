import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Schedule } from '../../../../api/schemas/schedule.ts'
import { deleteSchedule } from '../../../data/schedules.ts'
import { DeleteDialog } from '../../../parts/DeleteDialog.tsx'

/** The server refuses while policies name it: an incident must not find nobody. */
export function DeleteSchedule({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const { id, name, escalationPolicies } = schedule
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return (
    <DeleteDialog
      title={`Delete ${name}?`}
      confirm={`Delete ${name}`}
      act={() => deleteSchedule(id)}
      onDone={async () => {
        await navigate({ to: '/schedules', ignoreBlocker: true })
        queryClient.removeQueries({ queryKey: ['schedules', id] })
        queryClient.invalidateQueries({ queryKey: ['schedules'] })
      }}
      onClose={onClose}
    >
      <p>Its layers, shifts and overrides are gone for good, also those of the past.</p>
      {escalationPolicies.length > 0 && (
        <p>
          First take it out of the policies that name it:{' '}
          {escalationPolicies.map((policy, index) => (
            <span key={policy.id}>
              {index > 0 && ', '}
              <Link to="/escalation-policies/$id" params={{ id: policy.id }}>
                {policy.name}
              </Link>
            </span>
          ))}
          .
        </p>
      )}
    </DeleteDialog>
  )
}
