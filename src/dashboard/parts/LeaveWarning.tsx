import { Button, Group, Stack } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { Dialog } from './Dialog.tsx'

/** Asks before a page with unsaved changes is left, by a link, by "back" or by closing the tab. */
export function LeaveWarning({ isUnsaved }: { isUnsaved: () => boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: isUnsaved,
    enableBeforeUnload: isUnsaved,
    withResolver: true,
  })
  if (status !== 'blocked') return null
  return (
    <Dialog title="Leave without saving?" onClose={reset}>
      <Stack gap="md">
        <div>What you have entered here is not saved, and is lost when you leave.</div>
        <Group justify="flex-end">
          <Button onClick={proceed}>Leave</Button>
          <Button variant="filled" onClick={reset}>
            Stay
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
