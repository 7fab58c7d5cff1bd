import { shorten } from '../answers.ts'
import { addressed, type InformingChannel, informed } from './channel.ts'

export const push: InformingChannel<'PUSH'> = {
  name: 'PUSH',
  render(notification, links) {
    const { page } = notification
    return {
      ...addressed(notification),
      channel: 'PUSH',
      title: `${page.reference} · ${page.sourceName}`,
      body: shorten(page.summary, 240),
      url: links.incident,
      urgent: page.priority === 'HIGH',
    }
  },
  inform(outgoing, link) {
    const { title, text } = outgoing.notice
    return {
      ...informed(outgoing),
      channel: 'PUSH',
      title: shorten(title, 120),
      body: shorten(text, 240),
      url: link,
      urgent: false,
    }
  },
}
