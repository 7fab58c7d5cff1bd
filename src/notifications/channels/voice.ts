import { addressed, type Channel } from './channel.ts'
import { CALL_TEXTS } from './voice-texts.ts'

export const voice: Channel<'VOICE'> = {
  name: 'VOICE',
  render(notification) {
    const { page, target, user } = notification
    return {
      ...addressed(notification),
      channel: 'VOICE',
      to: target,
      text: CALL_TEXTS[user.language].incident(page),
    }
  },
}
