import type { Env, QueuedEvent } from '../env.ts'
import { log } from '../log.ts'
import { call } from '../objects.ts'

const MAX_DELAY_SECONDS = 300

/** The events queue's consumer: what was accepted while its alert source could not be reached goes there now. */
export async function receiveQueued(batch: MessageBatch<QueuedEvent>, env: Env): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      const { sourceId, event, context } = message.body
      try {
        const { outcome } = await call(env.ALERT_SOURCE, String(sourceId), (source) => source.receive(event, context))
        if (outcome === 'key-refused') log.warn('queued event refused: its key is not taken any more', { sourceId })
        message.ack()
      } catch (error) {
        log.error('queued event not delivered, will try again', { sourceId, attempt: message.attempts, error })
        message.retry({ delaySeconds: Math.min(2 ** message.attempts, MAX_DELAY_SECONDS) })
      }
    }),
  )
}
