import { shorten } from '../answers.ts'
import { bundleTitle } from './bundle-texts.ts'
import { addressed, type Channel, informed } from './channel.ts'

export const telegram: Channel<'TELEGRAM'> = {
  name: 'TELEGRAM',
  render(notification, links) {
    const { page, target } = notification
    const about = `${page.reference} · ${page.sourceName}`
    return {
      ...addressed(notification),
      ...{ channel: 'TELEGRAM', to: target, urgent: page.priority === 'HIGH', url: links.incident },
      text: [about, page.summary, ...(page.details ? [shorten(page.details, 1000)] : [])].join('\n'),
    }
  },
  bundle(bundle, links) {
    const lines = bundle.pages.slice(0, 10).map(({ page }) => `${page.reference}: ${shorten(page.summary, 120)}`)
    return {
      ...informed(bundle),
      ...{ channel: 'TELEGRAM', to: bundle.target, urgent: true, url: links.incidents },
      text: [bundleTitle(bundle), ...lines, 'Reply aa to accept all, rr to resolve all.'].join('\n'),
    }
  },
  inform(outgoing, link) {
    const { notice, target } = outgoing
    return {
      ...informed(outgoing),
      ...{ channel: 'TELEGRAM', to: target, urgent: false, url: link },
      text: `${notice.title}\n${notice.text}`,
    }
  },
}
