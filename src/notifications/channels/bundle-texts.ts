import type { OutgoingBundle } from '../notification.ts'

/** "37 incidents wait for you" */
export function bundleTitle({ waiting }: OutgoingBundle): string {
  return waiting === 1 ? '1 incident waits for you' : `${waiting} incidents wait for you`
}
