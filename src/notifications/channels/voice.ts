import { addressed, type Channel, informed } from './channel.ts'
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
      language: user.language,
    }
  },
  bundle(bundle) {
    const { language } = bundle.user
    const text = CALL_TEXTS[language].bundle(bundle)
    return { ...informed(bundle), channel: 'VOICE', to: bundle.target, text, language }
  },
  inform(outgoing) {
    const { notice, target } = outgoing
    const text = `${notice.title}. ${notice.text}`
    return { ...informed(outgoing), channel: 'VOICE', to: target, text, language: 'en' }
  },
}
