import { connect } from 'cloudflare:sockets'
import { SmtpRefusal, type SmtpStep, SmtpTrouble } from './smtp-refusal.ts'
import type { SmtpServer } from './smtp-server.ts'

/** What is handed over: the envelope, and the mail in MIME. */
export interface Envelope {
  /** How we introduce ourselves. */
  domain: string
  from: string
  to: string
  mime: string
}

/**
 * Hands one mail to a server (RFC 5321). Throws a SmtpRefusal where the server says no, and whatever the network says where
 * it fails. The connection is closed in any case, also when the signal ends it.
 *
 * By hand: the library for Workers leaves the connection open where the greeting or login fails, goes round in a circle
 * where the server hangs up, and sends the password in the clear where a server offers no STARTTLS.
 */
export async function handOver(server: SmtpServer, envelope: Envelope, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const session = new SmtpSession(server)
  const end = () => session.close()
  signal.addEventListener('abort', end)
  try {
    await session.begin(server, envelope.domain)
    await session.ask('sender', `MAIL FROM:<${envelope.from}>`, 250)
    await session.ask('recipient', `RCPT TO:<${envelope.to}>`, 250, 251)
    await session.ask('content', 'DATA', 354)
    await session.ask('content', `${envelope.mime.replace(/^\./gm, '..').replace(/(\r\n)?$/, '\r\n')}.`, 250)
    // It is theirs now, whatever becomes of the farewell.
    await session.quit().catch(() => {})
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', end)
    session.close()
  }
}

interface Reply {
  code: number
  lines: string[]
}

const REPLY_CHARACTERS = 16_384

class SmtpSession {
  #socket: Socket
  #reader: ReadableStreamDefaultReader<Uint8Array>
  #writer: WritableStreamDefaultWriter<Uint8Array>
  #decoder = new TextDecoder()
  #unread = ''

  constructor({ host, port, security }: SmtpServer) {
    const secureTransport = ({ tls: 'on', starttls: 'starttls', none: 'off' } as const)[security]
    const opened = connect({ hostname: host, port }, { secureTransport, allowHalfOpen: false })
    ;[this.#socket, this.#reader, this.#writer] = take(opened)
  }

  /** Up to where mails are taken. Nobody says who they are before the connection is encrypted. */
  async begin({ security, login }: SmtpServer, domain: string): Promise<void> {
    // Rejects where the certificate is not valid; a mere reading would see the end of the stream.
    await this.#socket.opened
    expect('greeting', await this.#reply(), 220)
    let offers = await this.ask('greeting', `EHLO ${domain}`, 250)
    if (security === 'starttls') {
      if (!offers.lines.some((line) => /^STARTTLS$/i.test(line.trim()))) throw new SmtpRefusal('tls', 502, null)
      await this.ask('tls', 'STARTTLS', 220)
      this.#encrypt()
      offers = await this.ask('greeting', `EHLO ${domain}`, 250)
    }
    if (login) await this.#logIn(login, offers)
  }

  async ask(step: SmtpStep, line: string, ...expected: number[]): Promise<Reply> {
    await this.#write(line)
    return expect(step, await this.#reply(), ...expected)
  }

  async quit(): Promise<void> {
    await this.#write('QUIT')
  }

  close(): void {
    this.#socket.close().catch(() => {})
  }

  async #logIn({ user, password }: NonNullable<SmtpServer['login']>, { lines }: Reply): Promise<void> {
    const ways = lines.flatMap((line) => /^AUTH[ =](.*)$/i.exec(line.trim())?.[1]?.toUpperCase().split(' ') ?? [])
    if (ways.includes('PLAIN')) {
      await this.ask('login', `AUTH PLAIN ${base64(`\0${user}\0${password}`)}`, 235)
    } else if (ways.includes('LOGIN')) {
      await this.ask('login', 'AUTH LOGIN', 334)
      await this.ask('login', base64(user), 334)
      await this.ask('login', base64(password), 235)
    } else throw new SmtpRefusal('login', 504, null)
  }

  /** What was said before is no part of the encrypted conversation: somebody between could have put it there. */
  #encrypt(): void {
    this.#reader.releaseLock()
    this.#writer.releaseLock()
    this.#unread = ''
    ;[this.#socket, this.#reader, this.#writer] = take(this.#socket.startTls())
  }

  async #write(line: string): Promise<void> {
    await this.#writer.write(new TextEncoder().encode(`${line}\r\n`))
  }

  /** One reply, of one line or several. */
  async #reply(): Promise<Reply> {
    const lines: string[] = []
    for (;;) {
      const line = await this.#line()
      const [, code, sign, text = ''] = /^(\d{3})([ -]?)(.*)$/.exec(line) ?? []
      if (code === undefined) throw new SmtpTrouble('the SMTP server says what is no SMTP')
      lines.push(text)
      if (sign !== '-') return { code: Number(code), lines }
      if (lines.join('').length > REPLY_CHARACTERS) throw new SmtpTrouble('the SMTP server talks without end')
    }
  }

  async #line(): Promise<string> {
    for (;;) {
      const end = this.#unread.indexOf('\n')
      if (end >= 0) {
        const line = this.#unread.slice(0, end).replace(/\r$/, '')
        this.#unread = this.#unread.slice(end + 1)
        return line
      }
      if (this.#unread.length > REPLY_CHARACTERS) throw new SmtpTrouble('the SMTP server talks without end')
      const { done, value } = await this.#reader.read()
      if (done) throw new SmtpTrouble('the SMTP server hung up')
      this.#unread += this.#decoder.decode(value, { stream: true })
    }
  }
}

function expect(step: SmtpStep, reply: Reply, ...expected: number[]): Reply {
  if (expected.includes(reply.code)) return reply
  const [detail = null] = /^[245]\.\d{1,3}\.\d{1,3}\b/.exec(reply.lines[0] ?? '') ?? []
  throw new SmtpRefusal(step, reply.code, detail)
}

function take(
  socket: Socket,
): [Socket, ReadableStreamDefaultReader<Uint8Array>, WritableStreamDefaultWriter<Uint8Array>] {
  // How it ended is told by what is read and written.
  socket.opened.catch(() => {})
  socket.closed.catch(() => {})
  return [socket, socket.readable.getReader(), socket.writable.getWriter()]
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
}
