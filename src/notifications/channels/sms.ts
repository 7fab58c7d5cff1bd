import { shorten } from '../answers.ts'
import { addressed, type Channel, oneLine } from './channel.ts'

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
    const summary = shorten(oneLine(page.summary), SEGMENT - before.length - after.length, '...')
    return { ...addressed(notification), channel: 'SMS', to: target, text: `${before}${summary}${after}` }
  },
}
