import type { OnCallPreference } from '../../../api/schemas/on-call-preference.ts'
import type { Preference, PreferenceInput } from '../../../api/schemas/user.ts'
import { spanText } from '../../parts/time.tsx'

export const METHODS: Record<PreferenceInput['method'], string> = {
  PUSH: 'Push',
  SMS: 'SMS',
  VOICE: 'Call',
  EMAIL: 'E-mail',
  TELEGRAM: 'Telegram',
}

/** "After 5 min: SMS to +4915123456789" */
export function stepText({ delayMin, ...step }: Preference): string {
  return `${delayMin === 0 ? 'At once' : `After ${spanText(delayMin * 60_000)}`}: ${channelText(step)}`
}

/** "1 h before: SMS to +4915123456789" */
export function reminderText({ beforeMin, ...reminder }: OnCallPreference): string {
  return `${beforeText(beforeMin)}: ${channelText(reminder)}`
}

/** "1 h before" */
export function beforeText(minutes: number): string {
  return minutes === 0 ? 'When it begins' : `${spanText(minutes * 60_000)} before`
}

function channelText({ method, contact }: Pick<Preference, 'method' | 'contact'>): string {
  return `${METHODS[method]}${contact ? ` to ${contact.target}` : ''}`
}
