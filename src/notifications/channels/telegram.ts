import { shorten } from '../answers.ts'
import { bundleTitle } from './bundle-texts.ts'
import { addressed, type Channel, informed, oneLine } from './channel.ts'

/** https://core.telegram.org/bots/api#sendmessage has 4,096; nobody reads as much at night. */
const DETAILS_CHARACTERS = 1000
const LISTED = 10

export const telegram: Channel<'TELEGRAM'> = {
  name: 'TELEGRAM',
  render(notification, links) {
    const { page, target } = notification
    const about = `${page.reference} · ${oneLine(page.sourceName)}`
    const details = page.details ? [shorten(page.details, DETAILS_CHARACTERS)] : []
    return {
      ...addressed(notification),
      ...{ channel: 'TELEGRAM', to: target, urgent: page.priority === 'HIGH', url: links.incident, asks: 'incident' },
      text: [about, page.summary, ...details].join('\n'),
    }
  },
  bundle(bundle, links) {
    const lines = bundle.pages.slice(0, LISTED).map(({ page }) => `${page.reference}: ${shorten(page.summary, 120)}`)
    const more = bundle.waiting > lines.length ? [`and ${bundle.waiting - lines.length} more`] : []
    return {
      ...informed(bundle),
      ...{ channel: 'TELEGRAM', to: bundle.target, url: links.incidents, asks: 'all' },
      urgent: bundle.pages[0]?.page.priority === 'HIGH',
      text: [bundleTitle(bundle), ...lines, ...more].join('\n'),
    }
  },
  inform(outgoing, link) {
    const { notice, target } = outgoing
    return {
      ...informed(outgoing),
      ...{ channel: 'TELEGRAM', to: target, urgent: false, url: link, asks: null },
      text: `${notice.title}\n${notice.text}`,
    }
  },
}
