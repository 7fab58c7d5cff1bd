/** Whom mails are handed to, and how the connection is kept from others. */
export interface SmtpServer {
  host: string
  port: number
  /** 'tls' from the first byte, 'starttls' before anything is said; 'none' only where the address asks for it. */
  security: 'tls' | 'starttls' | 'none'
  /** Null: the server knows us otherwise, as by a private network. */
  login: { user: string; password: string } | null
}

/**
 * `smtps://user:password@mail.example.com:465`, or `smtp://…:587` with STARTTLS; `?tls=off` for a server in a private network
 * that has none. What is wrong with it is said in words, without quoting it: it holds the password.
 */
export function parseSmtpUrl(text: string): SmtpServer | { problem: string } {
  const url = URL.parse(text.trim())
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol))
    return { problem: 'SMTP_URL is no address such as smtps://user:password@mail.example.com:465' }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (!host) return { problem: 'SMTP_URL names no server' }
  const unprotected = url.searchParams.get('tls') === 'off'
  const implicit = url.protocol === 'smtps:'
  if (implicit && unprotected) return { problem: 'SMTP_URL says smtps and tls=off: it can be one of both only' }
  const login = loginOf(url)
  if (login === 'malformed')
    return { problem: 'SMTP_URL has a user or password with a stray %: write it as %25, and @ as %40, / as %2F' }
  if (login && !login.password) return { problem: 'SMTP_URL has a user and no password' }
  return {
    host,
    port: url.port ? Number(url.port) : implicit ? 465 : 587,
    security: implicit ? 'tls' : unprotected ? 'none' : 'starttls',
    login,
  }
}

function loginOf({ username, password }: URL): SmtpServer['login'] | 'malformed' {
  try {
    return username ? { user: decodeURIComponent(username), password: decodeURIComponent(password) } : null
  } catch {
    return 'malformed'
  }
}
