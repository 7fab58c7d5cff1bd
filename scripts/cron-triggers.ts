import type { Miniflare } from 'miniflare'

/**
 * Calls the Worker's scheduled handler as the cron triggers of `wrangler.toml` say, which Miniflare does not do by itself.
 * Returns a function that stops it.
 */
export function fireCronTriggers(crons: readonly string[], miniflare: Miniflare): () => void {
  for (const cron of crons) {
    if (cron !== '* * * * *')
      throw new Error(`The local server knows the cron trigger "* * * * *" alone, not "${cron}".`)
  }
  if (crons.length === 0) return () => {}
  let timer: NodeJS.Timeout
  const waitForNextMinute = () => {
    const next = Math.ceil((Date.now() + 1) / 60_000) * 60_000
    timer = setTimeout(() => {
      waitForNextMinute()
      for (const cron of crons) void runScheduled(miniflare, cron, new Date(next))
    }, next - Date.now())
  }
  waitForNextMinute()
  return () => clearTimeout(timer)
}

async function runScheduled(miniflare: Miniflare, cron: string, scheduledTime: Date): Promise<void> {
  try {
    const worker = await miniflare.getWorker()
    const { outcome } = await worker.scheduled({ cron, scheduledTime })
    if (outcome !== 'ok') console.error(`The cron trigger "${cron}" ended with "${outcome}".`)
  } catch (error) {
    console.error(`The cron trigger "${cron}" failed:`, error)
  }
}
