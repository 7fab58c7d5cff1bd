import { glob, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { repository } from './build-worker.ts'

/** Builds what is older than its sources, so that a second start does not wait for what it has. */
export async function buildIfStale(root = repository): Promise<void> {
  const shared = ['package-lock.json', 'scripts/build-*.ts']
  if (await isStale(root, 'dist/worker/worker.js', ['src/**', 'durable-objects/**', ...shared], ['src/dashboard/**'])) {
    const { buildWorker } = await import('./build-worker.ts')
    await buildWorker(root)
  }
  // All of src/, because the forms are made from the schemas of the API.
  if (await isStale(root, 'dist/dashboard/index.html', ['src/**', 'public/**', ...shared])) {
    const { buildDashboard } = await import('./build-dashboard.ts')
    await buildDashboard(root)
  }
}

async function isStale(root: string, output: string, sources: string[], exclude: string[] = []): Promise<boolean> {
  const built = await stat(join(root, output)).catch(() => undefined)
  if (!built) return true
  // Folders are matched too: the time of a folder tells of files that were removed from it.
  for await (const source of glob(sources, { cwd: root, exclude })) {
    if ((await stat(join(root, source))).mtimeMs > built.mtimeMs) return true
  }
  return false
}
