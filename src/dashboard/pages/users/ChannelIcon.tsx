import type { PreferenceInput } from '../../../api/schemas/user.ts'
import { MailIcon, PhoneIcon, PushIcon, SmsIcon } from '../../parts/icons.tsx'

const ICONS = { EMAIL: MailIcon, SMS: SmsIcon, VOICE: PhoneIcon, PUSH: PushIcon, TELEGRAM: SmsIcon }

export function ChannelIcon({ method }: Pick<PreferenceInput, 'method'>) {
  const Icon = ICONS[method]
  return <Icon />
}
