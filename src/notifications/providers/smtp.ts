import { domainOf, isAddress } from '../mail/mailbox.ts'
import { mimeOf } from '../mail/mime.ts'
import { BAD_SENDER, outgoingMail } from '../mail/outgoing-mail.ts'
import { refusalResult, SmtpRefusal, SmtpTrouble } from '../smtp/smtp-refusal.ts'
import { parseSmtpUrl } from '../smtp/smtp-server.ts'
import { handOver } from '../smtp/smtp-session.ts'
import type { Provider, SendResult } from './provider.ts'

/** E-mail through any mail server that takes it: RFC 5321, with TLS. */
export const smtp: Provider = {
  name: 'smtp',
  channels: ['EMAIL'],
  variables: [
    {
      name: 'SMTP_URL',
      what: 'the mail server with its user and password: smtps://user:password@mail.example.com:465, or smtp://…:587 for STARTTLS',
      secret: true,
    },
    {
      name: 'MAIL_FROM',
      what: 'the sender, such as Tocsin <tocsin@example.com>, that the server lets this user send as',
    },
  ],
  isConfigured: (env) => Boolean(env.SMTP_URL && env.MAIL_FROM),
  async send(message, env, signal) {
    if (message.channel !== 'EMAIL') return { sent: false, permanent: true, reason: 'SMTP carries mails only' }
    const server = parseSmtpUrl(env.SMTP_URL ?? '')
    if ('problem' in server) return { sent: false, permanent: true, reason: server.problem }
    const mail = await outgoingMail(message, env)
    if (!mail) return { sent: false, permanent: true, reason: BAD_SENDER }
    if (!isAddress(mail.to)) return UNFIT
    const { from, to } = mail
    const envelope = { domain: domainOf(from.address), from: from.address, to, mime: mimeOf(mail, Date.now()) }
    try {
      await handOver(server, envelope, signal)
      return { sent: true }
    } catch (error) {
      if (error instanceof SmtpRefusal) return refusalResult(error)
      if (signal.aborted) throw error
      // The network's own words name no server and no certificate.
      return { sent: false, permanent: false, reason: error instanceof SmtpTrouble ? error.message : UNREACHABLE }
    }
  },
}

const UNREACHABLE =
  'no connection to the SMTP server: look at host and port of SMTP_URL, and whether its certificate is valid for that host'

const UNFIT: SendResult = {
  sent: false,
  permanent: true,
  reason: 'this is no address that mail servers take: write its domain in ASCII',
  fault: 'contact',
}
