/**
 * Calls into Durable Objects from the Worker.
 *
 * A stub that threw is broken for good, and an error marked `retryable` means the call may not have reached the object
 * (https://developers.cloudflare.com/durable-objects/best-practices/error-handling/). So each try takes a fresh stub.
 * An overloaded object is not tried again: that would make it worse.
 */

const TRIES = 3
const FIRST_WAIT_MS = 50

/** Errors of calls carry these marks of the platform. */
interface CallError {
  retryable?: boolean
  overloaded?: boolean
}

/**
 * An object's methods as its callers see them. Arguments and answers here are plain data, so they are typed as what they
 * are; the platform's own stub type turns `unknown` and unions inside them into `never`.
 */
type Remote<T> = {
  [Name in keyof T as T[Name] extends (...args: never[]) => unknown ? Name : never]: T[Name] extends (
    ...args: infer Args
  ) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never
}

/** Calls the object of that name, again after a passing fault. Methods called so must be safe to repeat. */
export async function call<T extends Rpc.DurableObjectBranded | undefined, Result>(
  namespace: DurableObjectNamespace<T>,
  name: string,
  method: (object: Remote<T>) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await callOnce(namespace, name, method)
    } catch (error) {
      const { retryable, overloaded } = error as CallError
      if (!retryable || overloaded || attempt === TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** attempt * Math.random()))
    }
  }
}

/** Calls the object of that name, and leaves a fault to the caller: for what must not be done twice. */
export function callOnce<T extends Rpc.DurableObjectBranded | undefined, Result>(
  namespace: DurableObjectNamespace<T>,
  name: string,
  method: (object: Remote<T>) => Promise<Result>,
): Promise<Result> {
  const stub: object = namespace.getByName(name)
  return method(stub as Remote<T>)
}
