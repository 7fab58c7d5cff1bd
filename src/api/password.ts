import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/**
 * Passwords are kept as scrypt hashes, with the parameters beside each so that they can grow. Native, because workerd
 * refuses more than 100,000 rounds of PBKDF2 in production. N = 2^14, r = 8, p = 5 is one of the equal choices of OWASP's
 * Password Storage Cheat Sheet: the one in 16 MiB, because an isolate has 128 for everything that it does.
 */
const PARAMETERS = { N: 2 ** 14, r: 8, p: 5 }
const KEY_BYTES = 32
const MEMORY_BYTES = 64 * 1024 * 1024

export async function hashPassword(password: string): Promise<string> {
  const { N, r, p } = PARAMETERS
  const salt = randomBytes(16)
  return [
    'scrypt',
    N,
    r,
    p,
    salt.toString('base64'),
    (await derive(password, salt, PARAMETERS)).toString('base64'),
  ].join('$')
}

export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const [scheme, N, r, p, salt, key] = hash.split('$')
  if (scheme !== 'scrypt' || !salt || !key) return false
  const derived = await derive(password, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) })
  const expected = Buffer.from(key, 'base64')
  return expected.length === derived.length && timingSafeEqual(expected, derived)
}

function derive(password: string, salt: Buffer, parameters: typeof PARAMETERS): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { ...parameters, maxmem: MEMORY_BYTES }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
