import { SANDBOX_CARRIER_NAME } from '../../sandbox.ts'
import type { Provider } from './provider.ts'

/**
 * Takes the place of every carrier: what it delivers shows on the simulated phone. It refuses what a real carrier would,
 * so that failures can be tried out.
 */
export const sandbox: Provider = {
  name: 'sandbox',
  channels: ['EMAIL', 'SMS', 'VOICE', 'PUSH', 'TELEGRAM'],
  isConfigured: (env) => env.SANDBOX === '1',
  send: (message, env) => env.SANDBOX_CARRIER.getByName(SANDBOX_CARRIER_NAME).deliver(message),
}
