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
  act: () => Promise<unknown>
  onDone: () => void
  onClose: () => void
}

/** Asks before something is gone for good. A refusal (still in use, ...) is shown where it was asked for. */
export function DeleteDialog({ title, children, confirm = 'Delete', act, onDone, onClose }: DeleteDialogProps) {
  const { mutate, isPending, error } = useMutation({ mutationFn: act, onSuccess: onDone })
  return (
    <Dialog onClose={onClose} title={title}>
      <Stack gap="md">
        <div>{children}</div>
        {error && <Problem>{error.message}</Problem>}
        <Group justify="flex-end">
          <Button onClick={onClose}>Keep</Button>
          <Button variant="filled" loading={isPending} onClick={() => mutate()}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
