import { readdir, rm } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { join, resolve } from 'node:path'
import { type BuildOptions, type BuildResult, build, type Metafile, type Plugin } from 'esbuild'

export const repository = resolve(import.meta.dirname, '..')

/**
 * Bundles `src/worker.ts` into `dist/worker/`: `worker.js` and a chunk for each dynamic `import()`, so that the event path
 * never parses the API. The same files run in the local server and are deployed, by `wrangler deploy --no-bundle`.
 */
export function buildWorker(root = repository): Promise<BuildResult<{ metafile: true }>> {
  return build(workerBuildOptions(root))
}

export function workerBuildOptions(root = repository) {
  return {
    absWorkingDir: root,
    entryPoints: { worker: 'src/worker.ts' },
    outdir: 'dist/worker',
    bundle: true,
    format: 'esm',
    splitting: true,
    // The folder that [[rules]] in wrangler.toml names. Its name must stay out of the way of packages' own folders: the
    // rule is applied to them too when the tests run.
    chunkNames: 'worker-chunks/[name]-[hash]',
    platform: 'neutral',
    conditions: ['workerd', 'worker', 'browser'],
    mainFields: ['browser', 'module', 'main'],
    target: 'es2024',
    // The runtime has Node's modules under `node:` alone; libraries import them without it too.
    alias: Object.fromEntries(builtinModules.filter(isBare).map((name) => [name, `node:${name}`])),
    external: ['node:*', 'cloudflare:*'],
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.sql': 'text' },
    sourcemap: true,
    metafile: true,
    logLevel: 'warning',
    plugins: [removeEarlierOutputs(join(root, 'dist/worker'))],
  } satisfies BuildOptions
}

/** Both the local server and a deployment take every script of the folder. */
function removeEarlierOutputs(directory: string): Plugin {
  const remove = async ({ outputs }: Metafile) => {
    const files = await readdir(directory, { recursive: true, withFileTypes: true })
    const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
    const current = new Set(Object.keys(outputs).map((output) => resolve(directory, '../..', output)))
    await Promise.all(paths.filter((path) => !current.has(path)).map((path) => rm(path)))
  }
  return {
    name: 'remove-earlier-outputs',
    setup: ({ onEnd }) => onEnd(({ metafile, errors }) => (metafile && !errors.length ? remove(metafile) : undefined)),
  }
}

const isBare = (name: string) => !name.startsWith('node:') && !name.startsWith('_') && !name.includes('/')

if (import.meta.main) await buildWorker()
