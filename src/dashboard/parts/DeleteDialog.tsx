import { Button, Group, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Dialog } from './Dialog.tsx'
import { Problem } from './Notice.tsx'

interface DeleteDialogProps {
  /** Such as "Delete Prometheus?" */
  title: string
  /** What is destroyed, by name. */
  children: ReactNode
  confirm?: string
  /** False: something has to be chosen or known before. */
  ready?: boolean
  act: () => Promise<unknown>
  onDone: () => void
  onClose: () => void
}

/** Asks before something is gone for good. A refusal (still in use, ...) is shown where it was asked for. */
export function DeleteDialog(props: DeleteDialogProps) {
  const { title, children, confirm = 'Delete', ready = true, act, onDone, onClose } = props
  const { mutate, isPending, error } = useMutation({ mutationFn: act, onSuccess: onDone })
  return (
    <Dialog onClose={onClose} title={title}>
      <Stack gap="md">
        <div>{children}</div>
        {error && <Problem>{error.message}</Problem>}
        <Group justify="flex-end">
          <Button onClick={onClose}>Keep</Button>
          <Button variant="filled" loading={isPending} disabled={!ready} onClick={() => mutate()}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
