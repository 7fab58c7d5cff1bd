import type { PushDevice } from '../model.ts'

/** Whether it goes on ringing until it is told to stop: emergencies of Pushover do. */
export function isSilenceable({ kind }: PushDevice): boolean {
  return kind === 'PUSHOVER'
}
