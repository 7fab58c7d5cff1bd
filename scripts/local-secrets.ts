import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const names = ['SECRET', 'SETUP_SECRET'] as const

type LocalSecrets = Record<(typeof names)[number], string>

/**
 * The secrets of a local deployment: 256 random bits each, made on its first start and kept in its state folder, because
 * what was encrypted or signed with them must stay readable after a restart.
 */
export async function localSecrets(stateDir: string): Promise<LocalSecrets> {
  const file = join(stateDir, 'secrets.json')
  const stored = await readSecrets(file)
  const secrets: LocalSecrets = {
    SECRET: stored.SECRET ?? newSecret(),
    SETUP_SECRET: stored.SETUP_SECRET ?? newSecret(),
  }
  if (names.some((name) => stored[name] === undefined)) {
    // Renamed into place: a process killed while writing must not leave half a file behind.
    await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
    await rename(`${file}.new`, file)
  }
  return secrets
}

async function readSecrets(file: string): Promise<Partial<LocalSecrets>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  return JSON.parse(text)
}

const newSecret = () => randomBytes(32).toString('base64url')
