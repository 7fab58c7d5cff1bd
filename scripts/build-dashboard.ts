import { join } from 'node:path'
import { build, type InlineConfig } from 'vite'
import { repository } from './build-worker.ts'

/** Builds the dashboard into `dist/dashboard/`, the folder of static assets in `wrangler.toml`. */
export async function buildDashboard(root = repository): Promise<void> {
  await build({
    ...dashboardConfig(root),
    build: { outDir: join(root, 'dist/dashboard'), emptyOutDir: true },
    logLevel: 'warn',
  })
}

export function dashboardConfig(root = repository): InlineConfig {
  const directory = join(root, 'src/dashboard')
  return { root: directory, configFile: join(directory, 'vite.config.ts') }
}

if (import.meta.main) await buildDashboard()
