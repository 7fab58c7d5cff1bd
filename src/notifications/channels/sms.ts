import { shorten } from '../answers.ts'
import { bundleTitle } from './bundle-texts.ts'
import { addressed, type Channel, informed, oneLine } from './channel.ts'

/**
 * GSM 03.38 fits 160 characters in one segment; the summary gives way so that the codes always fit. A single character
 * that it lacks, such as an ellipsis, would leave room for 70.
 */
const SEGMENT = 160

export const sms: Channel<'SMS'> = {
  name: 'SMS',
  render(notification) {
    const { page, code, target } = notification
    const before = `${page.reference}: `
    const after = `. Reply ${code}a accept, ${code}r resolve, ${code}e escalate`
    const summary = shorten(inGsm(oneLine(page.summary)), SEGMENT - before.length - after.length, '...')
    return { ...addressed(notification), channel: 'SMS', to: target, text: `${before}${summary}${after}` }
  },
  bundle(bundle) {
    const newest = bundle.pages[0]
    const before = `${bundleTitle(bundle)}, the newest ${newest?.page.reference ?? ''}: `
    const after = `. Reply ${newest?.code ?? ''}aa accept all, ${newest?.code ?? ''}rr resolve all`
    const summary = shorten(inGsm(oneLine(newest?.page.summary ?? '')), SEGMENT - before.length - after.length, '...')
    return { ...informed(bundle), channel: 'SMS', to: bundle.target, text: `${before}${summary}${after}` }
  },
  inform(outgoing, link) {
    const { notice, target } = outgoing
    const text = inGsm(oneLine(`${notice.title}. ${notice.text}`))
    // A link that is cut leads nowhere, and the words are worth more.
    const whole = `${text} ${link}`
    return {
      ...informed(outgoing),
      channel: 'SMS',
      to: target,
      text: whole.length <= SEGMENT ? whole : shorten(text, SEGMENT, '...'),
    }
  },
}

/** The typography of our own words that GSM 03.38 lacks. */
function inGsm(text: string): string {
  return text.replace(/[–—]/g, '-').replace(/[“”]/g, '"').replace(/[‘’]/g, "'").replace(/…/g, '...')
}
