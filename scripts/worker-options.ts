import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { V4WorkerOptions } from 'miniflare'
import { type Unstable_Config, unstable_getMiniflareWorkerOptions, unstable_readConfig } from 'wrangler'

/** `wrangler.toml` is the one description of the Worker's bindings; nothing local repeats it. */
export function readWranglerConfig(root: string): Unstable_Config {
  return unstable_readConfig({ config: join(root, 'wrangler.toml') }, { hideWarnings: true })
}

/** What Miniflare needs to run the build in `dist/worker` with the bindings of `wrangler.toml`. */
export async function workerOptions(root: string, config: Unstable_Config): Promise<V4WorkerOptions> {
  // The rules say which files are modules; the built modules are listed by name instead.
  const { modulesRules, ...options } = unstable_getMiniflareWorkerOptions(config).workerOptions
  return {
    ...options,
    // Without a name the keys of the objects' storage would change as soon as one is given.
    name: config.name,
    modulesRoot: join(root, 'dist/worker'),
    modules: await builtModules(join(root, 'dist/worker')),
  }
}

/** The entry first: Miniflare takes the first module of the list for it. */
async function builtModules(directory: string) {
  const files = await readdir(directory, { recursive: true })
  const chunks = files.filter((file) => file.endsWith('.js') && file !== 'worker.js')
  return ['worker.js', ...chunks].map((file) => ({ type: 'ESModule' as const, path: join(directory, file) }))
}
