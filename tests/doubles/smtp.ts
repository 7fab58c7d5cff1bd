import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** Where mail servers of each kind listen, and where it is asked what they took. */
export interface SmtpDoubles {
  /** Takes mails, without encryption. */
  plain: number
  /** Offers STARTTLS with a certificate that nobody has signed. */
  selfSigned: number
  /** Takes a connection and says nothing. */
  silent: number
  /** Greets and hangs up. */
  rude: number
  /** `GET <url>/<address>`: what was sent there since the last look, as it came. */
  url: string
}

export interface TakenMail {
  user: string | null
  from: string
  raw: string
}

/** Real mail servers, which refuse what their names say: `unknown@`, `relayed@`, `full@`, `busy@`. */
export async function startSmtpDoubles(): Promise<{ doubles: SmtpDoubles; stop: () => void }> {
  const taken = new Map<string, TakenMail[]>()
  const plain = new SMTPServer({ ...answers(taken), disabledCommands: ['STARTTLS'] })
  // What a client says to a server that it can't trust would be told here.
  const selfSigned = new SMTPServer(answers(taken))
  const silent = createServer()
  const rude = createServer((socket) => hangUp(socket))
  const asked = createHttpServer((request, response) => {
    const address = decodeURIComponent((request.url ?? '').slice(1))
    response.end(JSON.stringify(taken.get(address) ?? []))
    taken.delete(address)
  })
  for (const server of [plain, selfSigned]) server.on('error', () => {})
  const servers = [plain.server, selfSigned.server, silent, rude, asked]
  const [plainPort, selfSignedPort, silentPort, rudePort, askedPort] = await Promise.all(servers.map(listen))
  return {
    doubles: {
      ...{ plain: plainPort ?? 0, selfSigned: selfSignedPort ?? 0, silent: silentPort ?? 0, rude: rudePort ?? 0 },
      url: `http://127.0.0.1:${askedPort}`,
    },
    stop: () => {
      for (const server of servers) server.close()
    },
  }
}

function answers(taken: Map<string, TakenMail[]>): SMTPServerOptions {
  return {
    // A login without encryption is what the private server of the tests is for.
    allowInsecureAuth: true,
    authOptional: true,
    authMethods: ['PLAIN', 'LOGIN'],
    onAuth({ username, password }, _session, done) {
      if (username === 'tocsin' && password === 'pässwörd: p@ss/word') done(null, { user: username })
      else done(refusal(535, '5.7.8 Authentication credentials invalid'))
    },
    onRcptTo({ address }, _session, done) {
      const refused = REFUSED[address.split('@', 1)[0] ?? '']
      done(refused ? refusal(...refused) : null)
    },
    onData(stream, { user, envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('latin1')
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        for (const { address } of envelope.rcptTo) {
          taken.set(address, [...(taken.get(address) ?? []), { user: user ?? null, from, raw }])
        }
        done()
      })
    },
  }
}

const REFUSED: Record<string, [number, string]> = {
  unknown: [550, '5.1.1 No such user here'],
  relayed: [550, '5.7.1 Relaying denied'],
  full: [552, '5.2.2 Mailbox full'],
  busy: [451, '4.3.0 Try again later'],
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}

function hangUp(socket: Socket): void {
  socket.on('error', () => {})
  socket.end('220 mail.example.com ESMTP\r\n')
}

async function listen(server: Pick<Server, 'listen' | 'address'>): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}
