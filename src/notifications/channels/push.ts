import { shorten } from '../answers.ts'
import { bundleTitle } from './bundle-texts.ts'
import { addressed, type Channel, informed } from './channel.ts'

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
      devices: notification.devices,
      topic: `incident-${page.incidentId}`,
      links,
    }
  },
  bundle(bundle, links) {
    const newest = bundle.pages[0]?.page
    return {
      ...informed(bundle),
      channel: 'PUSH',
      title: bundleTitle(bundle),
      body: newest ? shorten(`${newest.reference}: ${newest.summary}`, 240) : '',
      url: links.incidents,
      urgent: newest?.priority === 'HIGH',
      devices: bundle.devices,
      topic: 'incidents',
      links: null,
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
      devices: outgoing.devices,
      topic: `notice-${outgoing.notice.id}`.replace(/[^\w-]/g, '-').slice(0, 32),
      links: null,
    }
  },
}
