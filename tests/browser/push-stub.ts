import type { BrowserContext } from 'playwright-core'
import type { Subscription } from './push-service.ts'

/**
 * Permission, and a subscription as the browser's push service would give it: the browser that npm brings refuses the one and
 * has none of the other.
 */
export async function stubSubscription(context: BrowserContext, subscription: Subscription): Promise<void> {
  await context.addInitScript((json) => {
    const SUBSCRIBED = 'test-subscribed'
    const subscribed = () => ({
      ...json,
      options: {},
      toJSON: () => json,
      unsubscribe: async () => localStorage.removeItem(SUBSCRIBED),
    })
    PushManager.prototype.getSubscription = async () =>
      localStorage.getItem(SUBSCRIBED) ? (subscribed() as unknown as PushSubscription) : null
    PushManager.prototype.subscribe = async () => {
      localStorage.setItem(SUBSCRIBED, 'yes')
      return subscribed() as unknown as PushSubscription
    }
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' })
    Notification.requestPermission = async () => 'granted'
  }, subscription)
}
