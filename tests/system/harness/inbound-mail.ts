import { env } from 'cloudflare:workers'
import { streamOf } from '../../../src/alert-sources/email/mail.fixtures.ts'
import worker from '../../../src/worker.ts'
import { settle } from './settle.ts'

/** As the platform hands a mail to the Worker. Answers why it was rejected; null: it was taken. */
export async function send(
  to: string,
  raw: string,
  { from = 'backup@example.org', rawSize = raw.length } = {},
): Promise<string | null> {
  let rejected: string | null = null
  const [head = ''] = raw.split('\r\n\r\n', 1)
  const message = {
    ...{ from, to, rawSize, raw: streamOf(raw), canBeForwarded: false },
    headers: new Headers(
      head.split('\r\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
    ),
    setReject: (reason: string) => {
      rejected = reason
    },
    forward: () => Promise.reject(new Error('nothing is forwarded')),
    reply: () => Promise.reject(new Error('nothing is answered')),
  }
  await worker.email(message as unknown as ForwardableEmailMessage, env)
  await settle()
  return rejected
}
