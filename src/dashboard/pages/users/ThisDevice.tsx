import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Device } from '../../../api/schemas/push-device.ts'
import { Problem } from '../../parts/Notice.tsx'
import { remembered } from '../../push/remembered.ts'
import { pushState, turnOff, turnOn } from '../../push/this-browser.ts'

interface ThisDeviceProps {
  userId: number
  devices: Device[]
  onChanged: () => void
}

/** Turns pushes to this very browser on and off, or says what stands in the way. */
export function ThisDevice({ userId, devices, onChanged }: ThisDeviceProps) {
  const { data: state, refetch } = useQuery({
    queryKey: ['push-state', userId, devices.map(({ id }) => id), remembered()?.deviceId],
    queryFn: () => pushState(userId, devices),
    // Permission is given and taken in the browser's own settings: looked at again when one comes back from there.
    staleTime: 0,
    refetchOnWindowFocus: 'always',
  })
  const change = useMutation({
    mutationFn: (on: boolean) => (on ? turnOn(userId) : turnOff()),
    onSettled: () => {
      onChanged()
      refetch()
    },
  })
  const name = devices.find(({ id }) => id === remembered()?.deviceId)?.name
  return (
    <div>
      {state === 'unsupported' && (
        <p className="dim">This browser can’t take pushes. Current Chrome, Edge, Firefox and Safari can.</p>
      )}
      {state === 'not-installed' && <Install />}
      {state === 'denied' && <Denied />}
      {state === 'off' && (
        <>
          <p className="dim">Pages then show on this device, also when Tocsin is closed, with buttons to answer.</p>
          <Button variant="filled" loading={change.isPending} onClick={() => change.mutate(true)}>
            Turn on push on this device
          </Button>
        </>
      )}
      {state === 'on' && (
        <>
          <p>This device takes pushes{name && `, as ${name}`}. Send it a test below, with the screen locked.</p>
          <Button loading={change.isPending} onClick={() => change.mutate(false)}>
            Turn off push on this device
          </Button>
        </>
      )}
      {change.error && <Problem>{change.error.message}</Problem>}
    </div>
  )
}

function Install() {
  return (
    <>
      <p>iPhones and iPads give pushes to apps on the Home Screen only. Add Tocsin there first:</p>
      <ol>
        <li>Open this page in Safari and tap Share (a square with an arrow that points up).</li>
        <li>Choose “Add to Home Screen”, then Add.</li>
        <li>Open Tocsin from the Home Screen, sign in, and turn push on here.</li>
      </ol>
    </>
  )
}

function Denied() {
  return (
    <Problem>
      <p>This browser was told not to show notifications of Tocsin. To allow them again:</p>
      {undoSteps(navigator.userAgent)}
    </Problem>
  )
}

/** Where this browser keeps the permission. */
function undoSteps(userAgent: string): string {
  if (/iPhone|iPad/.test(userAgent)) return 'iPhone or iPad: Settings → Notifications → Tocsin → Allow Notifications.'
  if (userAgent.includes('Firefox'))
    return 'Firefox: the sign left of the address → Permissions → Send notifications → remove “Blocked”.'
  if (userAgent.includes('Android'))
    return 'Android: the sign left of the address → Permissions → Notifications → Allow. The system’s settings may block the browser as a whole too.'
  if (/Chrome|Edg/.test(userAgent)) return 'The sign left of the address → Site settings → Notifications → Allow.'
  return 'Safari: Settings → Websites → Notifications → Allow for this address.'
}
