/** What mail programs put before the subject of a reply, in the languages that they speak. */
const REPLY = 're|aw|antw|antwort|sv|vs|odp|rv|ris|rif|res|ynt|回复|答复|回覆|返信|답장'
const FORWARD = 'fwd|fw|wg|vb|tr|enc|doorst|ilt|İlt|转发|轉寄|転送|전달'

/** With a counter, as in `Re[2]:` and `AW(3):`. */
const prefix = (words: string) => `(?:${words})\\s{0,3}(?:[[(^]\\d{1,3}[\\])]?)?\\s{0,3}[:：]`

const ANY_PREFIX = new RegExp(`^\\s*${prefix(`${REPLY}|${FORWARD}`)}`, 'iu')
const REPLY_PREFIX = new RegExp(`^\\s*${prefix(REPLY)}`, 'iu')

const MOST_PREFIXES = 20

export function isReplySubject(subject: string): boolean {
  return REPLY_PREFIX.test(subject)
}

/** The subject as all mails of a conversation have it. Tags such as `[DOWN]` stay: they tell problems apart. */
export function conversationSubject(subject: string): string {
  let rest = subject
  for (let removed = 0; removed < MOST_PREFIXES; removed++) {
    const shorter = rest.replace(ANY_PREFIX, '')
    if (shorter === rest) break
    rest = shorter
  }
  return rest.replace(/\s+/g, ' ').trim()
}
