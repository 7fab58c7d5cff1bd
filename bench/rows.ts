import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from '../scripts/build-worker.ts'
import type { Measure } from './measure.ts'

interface Report {
  testResults: { assertionResults: { status: string; meta: { rows?: Measure[] } }[] }[]
}

/** Rows written, as `tests/system/rows-written.test.ts` counts them inside the Workers runtime. */
export async function measureRows(): Promise<Measure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'tocsin-bench-'))
  try {
    const outputFile = join(directory, 'report.json')
    const args = ['run', '--project', 'workers', 'tests/system/rows-written.test.ts']
    const vitest = spawn(
      process.execPath,
      [join(repository, 'node_modules/vitest/vitest.mjs'), ...args, '--reporter=json', `--outputFile=${outputFile}`],
      { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] },
    )
    await once(vitest, 'exit')
    const report: Report = JSON.parse(await readFile(outputFile, 'utf8'))
    return report.testResults.flatMap(({ assertionResults }) => assertionResults.flatMap(({ meta }) => meta.rows ?? []))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
