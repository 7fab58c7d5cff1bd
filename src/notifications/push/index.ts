import type { Env } from '../../env.ts'
import type { PushDevice } from '../model.ts'
import type { PushProvider } from '../providers/provider.ts'
import { ntfy } from './ntfy.ts'
import { pushover } from './pushover.ts'
import { webPush } from './web-push.ts'

/** Every kind of device there is. A new one is its file and a line here. */
export const PUSH_PROVIDERS: readonly PushProvider[] = [webPush, ntfy, pushover]

/** Who reaches this device; null: this deployment is not set up for its kind. */
export function pushProviderFor({ kind }: PushDevice, env: Env): PushProvider | null {
  return PUSH_PROVIDERS.find((provider) => provider.kind === kind && provider.isConfigured(env)) ?? null
}
