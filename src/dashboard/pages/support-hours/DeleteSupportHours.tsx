import { useQueryClient } from '@tanstack/react-query'
import type { SupportHours } from '../../../api/schemas/support-hours.ts'
import { deleteSupportHours } from '../../data/support-hours.ts'
import { DeleteDialog } from '../../parts/DeleteDialog.tsx'
import { SourceLinks } from '../escalation-policies/SourceLinks.tsx'

interface DeleteSupportHoursProps {
  hours: SupportHours
  onDeleted: () => Promise<void>
  onClose: () => void
}

/** The API refuses it while they are used, so what has to be done before is said at once. */
export function DeleteSupportHours({ hours, onDeleted, onClose }: DeleteSupportHoursProps) {
  const { id, name, alertSources } = hours
  const queryClient = useQueryClient()
  const inUse = alertSources.length > 0
  return (
    <DeleteDialog
      title={`Delete ${name}?`}
      confirm={`Delete ${name}`}
      ready={!inUse}
      act={() => deleteSupportHours(id)}
      onDone={async () => {
        await onDeleted()
        queryClient.invalidateQueries({ queryKey: ['support-hours'] })
      }}
      onClose={onClose}
    >
      {inUse ? (
        <>
          They are in use and can’t be deleted: give other support hours to <SourceLinks sources={alertSources} />{' '}
          first.
        </>
      ) : (
        'Their week and exceptions are gone for good.'
      )}
    </DeleteDialog>
  )
}
