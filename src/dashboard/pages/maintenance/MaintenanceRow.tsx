import { ActionIcon, Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { MaintenanceWindow } from '../../../api/schemas/maintenance-window.ts'
import { deleteMaintenanceWindow, endMaintenanceNow } from '../../data/maintenance-windows.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { announce } from '../../parts/announce.tsx'
import { DeleteDialog } from '../../parts/DeleteDialog.tsx'
import { PencilIcon, TrashIcon } from '../../parts/icons.tsx'
import { OWN_ZONE } from '../../parts/own-zone.ts'
import { Row } from '../../parts/Row.tsx'
import { momentIn, zoneAbbreviation } from '../../parts/zoned-time.ts'
import { SourceLinks } from '../escalation-policies/SourceLinks.tsx'
import { refetchMaintenance } from './refetch-maintenance.ts'
import { phaseOf, windowText } from './window-text.ts'

interface MaintenanceRowProps {
  window: MaintenanceWindow
  now: number
}

export function MaintenanceRow({ window, now }: MaintenanceRowProps) {
  const { id, name, description, alertSources, createdBy } = window
  const queryClient = useQueryClient()
  const [deleting, setDeleting] = useState(false)
  const running = phaseOf(window, now) === 'running'
  return (
    <Row
      title={name}
      actions={
        <ForAdministrators>
          {running && <EndNow window={window} />}
          <ActionIcon
            aria-label={`Edit ${name}`}
            renderRoot={(props) => <Link to="/maintenance/$id/edit" params={{ id }} {...props} />}
          >
            <PencilIcon />
          </ActionIcon>
          <ActionIcon aria-label={`Delete ${name}`} onClick={() => setDeleting(true)}>
            <TrashIcon />
          </ActionIcon>
        </ForAdministrators>
      }
    >
      <div>{windowText(window, now, OWN_ZONE)}</div>
      {description && <div>{description}</div>}
      <div>
        {alertSources.length > 0 ? <SourceLinks sources={alertSources} /> : 'Its alert sources were deleted'}
        {createdBy && ` · planned by ${createdBy.name}`}
      </div>
      {deleting && (
        <DeleteDialog
          title={`Delete ${name}?`}
          confirm={`Delete ${name}`}
          act={() => deleteMaintenanceWindow(id)}
          onDone={() => refetchMaintenance(queryClient)}
          onClose={() => setDeleting(false)}
        >
          {running
            ? 'It runs: its alert sources open incidents and page again at once. This can’t be undone.'
            : 'Its alert sources are not silent at these times any more. This can’t be undone.'}
        </DeleteDialog>
      )}
    </Row>
  )
}

function EndNow({ window: { id, name } }: { window: MaintenanceWindow }) {
  const queryClient = useQueryClient()
  const { mutate, isPending } = useMutation({
    mutationFn: () => endMaintenanceNow(id),
    onSuccess: async ({ nextStart }) => {
      await refetchMaintenance(queryClient)
      announce(`${name} has ended: its alert sources page again.${nextStart ? comesAgain(nextStart) : ''}`)
    },
    onError: ({ message }) => announce(message),
  })
  return (
    <Button size="compact-sm" aria-label={`End now: ${name}`} loading={isPending} onClick={() => mutate()}>
      End now
    </Button>
  )
}

function comesAgain(nextStart: string): string {
  const next = Date.parse(nextStart)
  return ` It comes again ${momentIn(OWN_ZONE, next)} ${zoneAbbreviation(OWN_ZONE, next)}.`
}
