import { ActionIcon, Button, Group, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Device } from '../../../api/schemas/push-device.ts'
import { devicesQuery, removeDevice, testDevice } from '../../data/devices.ts'
import { currentUserQuery } from '../../data/session.ts'
import { DeleteDialog } from '../../parts/DeleteDialog.tsx'
import { PushIcon, TrashIcon } from '../../parts/icons.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { Section } from '../../parts/Page.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import { remember, remembered } from '../../push/remembered.ts'
import { AddDevice } from './AddDevice.tsx'
import classes from './EditableList.module.css'
import { ThisDevice } from './ThisDevice.tsx'

const KINDS = { WEB_PUSH: 'Browser', NTFY: 'ntfy', PUSHOVER: 'Pushover' } as const

/** Where a person's pushes go: every device gets each. */
export function Devices({ userId }: { userId: number }) {
  const queryClient = useQueryClient()
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const { data: devices, error } = useQuery(devicesQuery(userId))
  const [removing, setRemoving] = useState<Device | null>(null)
  const refetch = () => queryClient.invalidateQueries({ queryKey: devicesQuery(userId).queryKey })
  return (
    <Section title="Devices">
      {error && <Problem>{error.message}</Problem>}
      {devices && (
        <Stack gap="sm">
          {me.id === userId && <ThisDevice userId={userId} devices={devices} onChanged={refetch} />}
          {devices.length === 0 ? (
            <p className="dim">No device takes pushes yet.</p>
          ) : (
            <Rows label="Devices">
              {devices.map((device) => (
                <DeviceRow key={device.id} {...{ userId, device }} onRemove={() => setRemoving(device)} />
              ))}
            </Rows>
          )}
          <AddDevice userId={userId} onAdded={refetch} />
        </Stack>
      )}
      {removing && (
        <DeleteDialog
          title={`Remove ${removing.name}?`}
          confirm="Remove"
          act={() => remove(userId, removing)}
          onDone={() => {
            setRemoving(null)
            refetch()
          }}
          onClose={() => setRemoving(null)}
        >
          It gets no more pushes.
        </DeleteDialog>
      )}
    </Section>
  )
}

interface DeviceRowProps {
  userId: number
  device: Device
  onRemove: () => void
}

function DeviceRow({ userId, device, onRemove }: DeviceRowProps) {
  const queryClient = useQueryClient()
  const { id, kind, name, target, fault } = device
  const test = useMutation({
    mutationFn: () => testDevice(userId, id),
    // A test that came through ends a fault, one that didn't may have found one.
    onSettled: () => queryClient.invalidateQueries({ queryKey: devicesQuery(userId).queryKey }),
  })
  const problem = test.error?.message ?? (test.data?.sent === false ? test.data.message : null)
  return (
    <Row
      title={
        <span className={classes.target}>
          <PushIcon /> {name}
        </span>
      }
      actions={
        <Group gap={4} wrap="nowrap">
          <Button
            size="compact-sm"
            loading={test.isPending}
            aria-label={`Send test to ${name}`}
            onClick={() => test.mutate()}
          >
            Send test
          </Button>
          <ActionIcon aria-label={`Remove ${name}`} onClick={onRemove}>
            <TrashIcon />
          </ActionIcon>
        </Group>
      }
    >
      {KINDS[kind]} · {target}
      {fault && <Problem>The last push did not arrive: {fault}</Problem>}
      <div role="status">{test.data?.sent && test.data.message}</div>
      {problem && problem !== fault && <Problem>{problem}</Problem>}
    </Row>
  )
}

/** This browser too: the row is what people see, so its button has to turn it off for good. */
async function remove(userId: number, device: Device): Promise<void> {
  if (remembered()?.deviceId !== device.id) return removeDevice(userId, device.id)
  const { turnOff } = await import('../../push/this-browser.ts')
  await removeDevice(userId, device.id)
  remember(null)
  await turnOff()
}
