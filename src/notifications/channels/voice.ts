import { shorten } from '../answers.ts'
import { addressed, type Channel, oneLine } from './channel.ts'

/** What is read out stays short: somebody was just woken by it. */
const SPOKEN_CHARACTERS = 200

export const voice: Channel<'VOICE'> = {
  name: 'VOICE',
  render(notification) {
    const { page, target } = notification
    const urgency = page.priority === 'HIGH' ? 'high priority incident' : 'low priority incident'
    const summary = shorten(oneLine(page.summary), SPOKEN_CHARACTERS)
    return {
      ...addressed(notification),
      channel: 'VOICE',
      to: target,
      text: `This is Tocsin with a ${urgency} from ${page.sourceName}: ${summary}. Press 1 to accept, 2 to resolve, 3 to escalate.`,
    }
  },
}
