import { Button, Group, NativeSelect, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlertSource } from '../../../api/schemas/alert-source.ts'
import { alertSourceQuery, revokePreviousKey, rotateKey } from '../../data/alert-sources.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { CopyField } from '../../parts/CopyField.tsx'
import { DeleteDialog } from '../../parts/DeleteDialog.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { ExactTime } from '../../parts/time.tsx'

/** The key that tools report with. A new one can overlap with the old one, so that tools are changed without a gap. */
export function IntegrationKey({ source }: { source: AlertSource }) {
  const queryClient = useQueryClient()
  const [dialog, setDialog] = useState<'rotate' | 'revoke' | null>(null)
  const close = () => setDialog(null)
  const show = (changed: AlertSource) => {
    queryClient.setQueryData(alertSourceQuery(source.id).queryKey, changed)
    close()
  }
  const previous = source.previousKeyValidUntil
  return (
    <Stack gap="sm">
      <CopyField label="Key" value={source.integrationKey} />
      {previous && Date.parse(previous) > Date.now() && (
        <p>
          The previous key is still taken until <ExactTime instant={previous} />.
        </p>
      )}
      <ForAdministrators>
        <Group>
          <Button onClick={() => setDialog('rotate')}>New key …</Button>
          {previous && Date.parse(previous) > Date.now() && (
            <Button onClick={() => setDialog('revoke')}>Revoke previous key …</Button>
          )}
        </Group>
      </ForAdministrators>
      {dialog === 'rotate' && <RotateDialog id={source.id} onClose={close} onDone={show} />}
      {dialog === 'revoke' && (
        <DeleteDialog
          title="Revoke the previous key?"
          confirm="Revoke previous key"
          act={() => revokePreviousKey(source.id)}
          onDone={() => {
            queryClient.invalidateQueries({ queryKey: ['alert-sources'] })
            close()
          }}
          onClose={close}
        >
          Tools that still report to {source.name} with it are refused from then on.
        </DeleteDialog>
      )}
    </Stack>
  )
}

interface RotateDialogProps {
  id: number
  onClose: () => void
  onDone: (source: AlertSource) => void
}

function RotateDialog({ id, onClose, onDone }: RotateDialogProps) {
  const [overlap, setOverlap] = useState('P1D')
  const { mutate, isPending, error } = useMutation({ mutationFn: () => rotateKey(id, overlap), onSuccess: onDone })
  return (
    <Dialog onClose={onClose} title="New integration key">
      <Stack>
        <NativeSelect
          label="The present key is still taken for"
          value={overlap}
          onChange={({ currentTarget }) => setOverlap(currentTarget.value)}
          data={[
            { value: 'PT1H', label: '1 hour' },
            { value: 'P1D', label: '1 day' },
            { value: 'P7D', label: '7 days' },
            { value: 'P30D', label: '30 days' },
            { value: 'PT0M', label: 'not at all: revoked at once' },
          ]}
        />
        {error && <Problem>{error.message}</Problem>}
        <Group justify="flex-end">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="filled" loading={isPending} onClick={() => mutate()}>
            Make new key
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
