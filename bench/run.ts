import { access, statfs, writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale } from '../scripts/build-if-stale.ts'
import { repository } from '../scripts/build-worker.ts'
import { measureAlertmanager } from './alertmanager.ts'
import { Deployment } from './deployment.ts'
import { measureDueAtOnce } from './due-at-once.ts'
import { measureIdle } from './idle.ts'
import type { Measure, Result } from './measure.ts'
import { printTable } from './print.ts'
import { measureRows } from './rows.ts'
import { median } from './statistics.ts'
import { measureFullStorm, measureOnePersonStorm, measureSpreadStorm } from './storm.ts'
import { measureThroughput } from './throughput.ts'

/**
 * npm run bench [-- --runs 3] [--only idle,rows] [--storage disk,tmpfs] [--json FILE]
 *
 * Each measurement starts with an empty deployment, several times; the median counts, and its least and most say how much
 * to believe it.
 */
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
    storage: { type: 'string', default: 'disk,tmpfs' },
    json: { type: 'string', default: join(repository, 'bench/results.json') },
  },
})

const DIRECTORIES = { disk: join(repository, '.tocsin/bench'), tmpfs: '/dev/shm' }
const TMPFS_MAGIC = 0x01021994

const MEASUREMENTS: Record<string, (deployment: Deployment) => Promise<Measure[]>> = {
  idle: measureIdle,
  throughput: measureThroughput,
  alertmanager: measureAlertmanager,
  due: measureDueAtOnce,
  storm: measureSpreadStorm,
  'full-storm': measureFullStorm,
  'one-person-storm': measureOnePersonStorm,
}

const isAskedFor = (name: string) => !options.only || options.only.split(',').includes(name)

await buildIfStale()
const results: Result[] = []
const loadBefore = loadavg()[0]
if (isAskedFor('rows'))
  results.push(...(await measureRows()).map((row): Result => ({ ...row, storage: '–', runs: [row.value] })))
for (const storage of ['disk', 'tmpfs'] as const) {
  if (!options.storage.split(',').includes(storage) || !(await isThere(storage))) continue
  for (const [name, measure] of Object.entries(MEASUREMENTS)) {
    if (isAskedFor(name)) results.push(...(await repeat(name, storage, measure)))
  }
}

printTable(results)
const [cpu] = cpus()
const machine = { cores: cpus().length, cpu: cpu?.model, memoryGb: Math.round(totalmem() / 2 ** 30), loadBefore }
await writeFile(options.json, `${JSON.stringify({ at: new Date().toISOString(), machine, results }, null, 2)}\n`)
console.log(`\n${machine.cores} cores, load ${loadBefore?.toFixed(1)} before. As JSON: ${options.json}`)

async function repeat(
  name: string,
  storage: 'disk' | 'tmpfs',
  measure: (typeof MEASUREMENTS)[string],
): Promise<Result[]> {
  const runs: Measure[][] = []
  for (let run = 1; run <= Number(options.runs); run++) {
    console.error(`${name} on ${storage}, run ${run} of ${options.runs}`)
    const deployment = await Deployment.start(DIRECTORIES[storage])
    try {
      runs.push(await measure(deployment))
    } finally {
      await deployment.end()
    }
  }
  return (runs[0] ?? []).map((first, index): Result => {
    const values = runs.map((run) => (run[index] as Measure).value)
    return { ...first, value: median(values), runs: values, storage }
  })
}

async function isThere(storage: 'disk' | 'tmpfs'): Promise<boolean> {
  if (storage === 'disk') return true
  const directory = DIRECTORIES.tmpfs
  const usable = await access(directory).then(
    async () => (await statfs(directory)).type === TMPFS_MAGIC,
    () => false,
  )
  if (!usable) console.error(`${directory} is no tmpfs here: left out`)
  return usable
}
