import type { ActOnAll, AnswerAct } from '../answers.ts'
import type { Messages } from '../channels/channel.ts'

/** A button of a message: https://core.telegram.org/bots/api#inlinekeyboardbutton */
type Button = { text: string; callback_data: string } | { text: string; url: string }

/** What a pressed button means. */
export type Pressed = { act: AnswerAct; incidentId: number } | { act: ActOnAll; incidentId: null }

/** In rows. What is in a button comes back as it is, and counts only from the chat of the person who was paged. */
export function buttonsOf({ asks, incidentId, url }: Messages['TELEGRAM']): Button[][] {
  // Telegram refuses a whole message whose link leads nowhere outside.
  const link: Button[][] = url.startsWith('https://') ? [[{ text: 'Open', url }]] : []
  if (asks === 'all') return [[button('Accept all', 'accept', ALL), button('Resolve all', 'resolve', ALL)], ...link]
  if (asks === null || incidentId === null) return link
  const about = String(incidentId)
  return [
    [button('Accept', 'accept', about), button('Resolve', 'resolve', about), button('Escalate', 'escalate', about)],
    ...link,
  ]
}

/** Null: it is no button of ours. */
export function readButton(data: string): Pressed | null {
  const [, act, about] = /^(accept|resolve|escalate) (all|\d{1,16})$/.exec(data) ?? []
  if (!act || !about) return null
  if (about !== ALL) return { act: act as AnswerAct, incidentId: Number(about) }
  return act === 'escalate' ? null : { act: act as ActOnAll, incidentId: null }
}

const ALL = 'all'

/** At most 64 bytes of data. */
function button(text: string, act: AnswerAct, about: string): Button {
  return { text, callback_data: `${act} ${about}` }
}
