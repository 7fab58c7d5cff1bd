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

/**
 * What went wrong at the bottom, in one line. The errors that drizzle wraps around it quote every value of the statement,
 * hashes and addresses too.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}
