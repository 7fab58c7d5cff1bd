import type { SendResult } from '../providers/provider.ts'

/** What was being asked when the server said no. */
export type SmtpStep = 'greeting' | 'tls' | 'login' | 'sender' | 'recipient' | 'content'

/** The server said no, or something that is no answer. */
export class SmtpRefusal extends Error {
  constructor(
    readonly step: SmtpStep,
    /** RFC 5321, 4.2; 0: it was no reply. */
    readonly code: number,
    /** RFC 3463, such as `5.1.1`; null: the server gives none. */
    readonly detail: string | null,
  ) {
    super(`The SMTP server refused the ${step} (${[code, detail].filter(Boolean).join(' ')})`)
  }
}

/** The server is none, or breaks off. */
export class SmtpTrouble extends Error {}

/** What it comes to. The server's own text may quote addresses, so it is told by its numbers. */
export function refusalResult({ step, code, detail }: SmtpRefusal): SendResult {
  const permanent = code >= 500
  const numbers = [code || 'no reply', detail].filter(Boolean).join(' ')
  const reason = (words: string) => `${words} (${numbers})`
  if (!permanent) return { sent: false, permanent, reason: reason(`the SMTP server takes no ${PASSING[step]} for now`) }
  if (step === 'recipient' && isAboutAddress(code, detail))
    return { sent: false, permanent, reason: reason('the mail server knows no such address'), fault: 'contact' }
  return { sent: false, permanent, reason: reason(detail?.startsWith('5.2.2') ? 'the mailbox is full' : FINAL[step]) }
}

/** With 550 servers also refuse a sender that they do not trust; the detail says which it is. */
function isAboutAddress(code: number, detail: string | null): boolean {
  return detail === null ? [550, 551, 553].includes(code) : detail.startsWith('5.1.') || detail === '5.2.1'
}

const PASSING: Record<SmtpStep, string> = {
  ...{ greeting: 'connection', tls: 'encrypted connection', login: 'login', sender: 'mail' },
  ...{ recipient: 'mail for this address', content: 'mail' },
}

const FINAL: Record<SmtpStep, string> = {
  greeting: 'the SMTP server refuses to talk to us: look at SMTP_URL',
  tls: 'the SMTP server offers no encryption: use smtps:// or another server in SMTP_URL',
  login: 'the SMTP server does not take the user and password of SMTP_URL',
  sender: 'the SMTP server does not take this sender: look at MAIL_FROM',
  recipient: 'the SMTP server does not deliver to this address: look at what SMTP_URL’s account may do',
  content: 'the SMTP server refused the mail',
}
