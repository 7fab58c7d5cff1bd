import type { WorkerdStructuredLog } from 'miniflare'

/** Prints what the Worker logs, or of it the errors alone, and the exceptions that nothing in the Worker caught. */
export function printLog({ level, message }: WorkerdStructuredLog, which: 'errors' | 'all'): void {
  const exception = uncaughtException(message)
  if (exception !== undefined) console.error(exception)
  else if (level === 'error') console.error(message)
  // workerd's own chatter has level "info"; console.info() of a Worker has "info" too, which cannot be told from it.
  else if (which === 'all' && !message.startsWith('uncaught exception')) console.log(message)
}

/** workerd reports an exception once for each Worker it passes on its way out; the stack of one leads into the build. */
function uncaughtException(message: string): string | undefined {
  const stack = /^uncaught exception; source = [^;]*; stack = (.*)$/s.exec(message)?.[1]
  return stack?.includes('/dist/worker/') ? stack : undefined
}
