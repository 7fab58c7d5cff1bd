import type { MaintenanceWindow } from '../../../api/schemas/maintenance-window.ts'
import { announce } from '../../parts/announce.tsx'
import { serverNow } from '../../parts/clock.ts'
import { OWN_ZONE } from '../../parts/own-zone.ts'
import { windowText } from './window-text.ts'

/** With when it is by the server's rules, so that a mistake is seen before it is silent at the wrong time. */
export function announceSaved(window: MaintenanceWindow) {
  announce(`${window.name} saved: ${windowText(window, serverNow(), OWN_ZONE)}.`)
}
