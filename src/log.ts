/**
 * One JSON object a line, for the platform's logs. Fields are data of ours: references and ids, never a secret, a body
 * or an address.
 */

type Fields = Record<string, unknown>

export const log = {
  info: (message: string, fields: Fields = {}) => write('info', message, fields),
  warn: (message: string, fields: Fields = {}) => write('warn', message, fields),
  error: (message: string, fields: Fields = {}) => write('error', message, fields),
}

function write(level: 'info' | 'warn' | 'error', message: string, { error, ...fields }: Fields): void {
  const line = JSON.stringify({ level, message, ...fields, ...(error === undefined ? {} : { error: reasonOf(error) }) })
  console[level](line)
}

/** What an error says, in one line. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
