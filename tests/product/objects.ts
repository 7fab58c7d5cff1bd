import type { Miniflare } from 'miniflare'
import type { SandboxMessage } from '../../src/api/schemas/sandbox.ts'
import { SANDBOX_CARRIER_NAME } from '../../src/sandbox.ts'

/** Calls a method of a Durable Object from outside the runtime, as the Worker would. */
export async function callObject<Answer>(
  miniflare: Miniflare,
  binding: string,
  name: string,
  method: string,
  ...args: unknown[]
): Promise<Answer> {
  const namespace = await miniflare.getDurableObjectNamespace(binding)
  const stub: object = namespace.getByName(name)
  return Reflect.get(stub, method)(...args)
}

/** A message of the simulated carrier; one that came again is counted and not shown again. */
export type Delivered = SandboxMessage & { deliveries: number }

/** All that people were sent, which is more than the API shows at once. Newest first. */
export async function delivered(miniflare: Miniflare, afterId = '0'): Promise<Delivered[]> {
  const query = { user: null, after: afterId, limit: 100_000 }
  const messages = await callObject<Delivered[]>(miniflare, 'SANDBOX_CARRIER', SANDBOX_CARRIER_NAME, 'messages', query)
  // Codes that verify a contact are no pages.
  return messages.filter(({ notificationId }) => notificationId !== null && !/^notice-\d+-0-code-/.test(notificationId))
}
