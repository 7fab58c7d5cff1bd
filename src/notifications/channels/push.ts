import { shorten } from '../answers.ts'
import { addressed, type Channel } from './channel.ts'

export const push: Channel<'PUSH'> = {
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
}
