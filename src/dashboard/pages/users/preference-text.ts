import type { Preference, PreferenceInput } from '../../../api/schemas/user.ts'
import { spanText } from '../../parts/time.tsx'

export const METHODS: Record<PreferenceInput['method'], string> = {
  PUSH: 'Push',
  SMS: 'SMS',
  VOICE: 'Call',
  EMAIL: 'E-mail',
}

/** "After 5 min: SMS to +4915123456789" */
export function stepText({ method, contact, delayMin }: Preference): string {
  const when = delayMin === 0 ? 'At once' : `After ${spanText(delayMin * 60_000)}`
  return `${when}: ${METHODS[method]}${contact ? ` to ${contact.target}` : ''}`
}
