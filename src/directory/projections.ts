import type { Env } from '../env.ts'
import type { IncidentSnapshot } from '../incidents/snapshot.ts'
import { publishLive } from '../live.ts'
import { log } from '../log.ts'
import { saveSnapshots } from './incidents.ts'

const RETRY_SECONDS = 5
const MAX_RETRY_SECONDS = 300

/** The projections queue's consumer: writes incidents into the read model and tells open dashboards to look again. */
export async function projectBatch(batch: MessageBatch<IncidentSnapshot>, env: Env): Promise<void> {
  try {
    await saveSnapshots(
      env,
      batch.messages.map(({ body }) => body),
    )
    batch.ackAll()
  } catch (error) {
    log.error('incidents not projected, will try again', { count: batch.messages.length, error })
    for (const message of batch.messages) {
      message.retry({ delaySeconds: Math.min(RETRY_SECONDS * 2 ** (message.attempts - 1), MAX_RETRY_SECONDS) })
    }
    return
  }
  await publishLive(env, { type: 'incidents' })
}
