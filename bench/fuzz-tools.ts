import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { readKept } from '../src/alert-sources/tools/contract.fixtures.ts'
import { mutations } from '../src/alert-sources/tools/fuzz.fixtures.ts'
import { amplified, strangeBodies, strangeParts } from '../src/alert-sources/tools/hostile-requests.fixtures.ts'
import { TOOLS } from '../src/alert-sources/tools/index.ts'

/**
 * node bench/fuzz-tools.ts [--runs 5000] [--tool github,gitlab] [--seed 1]
 *
 * What the contract test does with every tool's reader, many times over. Ends with 1 where a reader breaks the contract,
 * and says with what; a seed repeats a run.
 */
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '5000' },
    tool: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
const runs = Number(options.runs)
const seed = Number(options.seed)
const asked = options.tool?.split(',')

let total = 0
let broken = 0
console.log(`seed ${seed}`)
for (const tool of TOOLS.filter(({ id }) => !asked || asked.includes(id))) {
  const from = performance.now()
  const outcomes = { events: 0, ignored: 0, refused: 0 }
  const faults: string[] = []
  const read = async (request: Parameters<typeof readKept>[1]) => {
    const outcome = await readKept(tool, request)
    outcomes['unreadable' in outcome ? 'refused' : outcome.events.length > 0 ? 'events' : 'ignored']++
  }
  for (const requests of [strangeBodies, strangeParts, amplified]) {
    for (const { name, request } of requests(tool)) {
      await read(request).catch((error: Error) => faults.push(`${name}: ${error.message}`))
    }
  }
  const { counterexample, errorInstance } = await fc.check(fc.asyncProperty(mutations(tool), read), {
    numRuns: runs,
    seed,
  })
  if (counterexample) {
    const message = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
    faults.push(`${JSON.stringify(counterexample).slice(0, 2000)}: ${message}`)
  }

  const count = outcomes.events + outcomes.ignored + outcomes.refused + faults.length
  total += count
  broken += faults.length
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  console.log(
    `${tool.id.padEnd(24)} ${String(count).padStart(7)} requests ${seconds.padStart(6)} s   events ${outcomes.events}, nothing new ${outcomes.ignored}, refused ${outcomes.refused}`,
  )
  for (const fault of faults.slice(0, 5)) console.error(`  BROKEN ${fault}`)
}
console.log(`${total} requests to ${asked?.length ?? TOOLS.length} tools, ${broken} of them break the contract`)
process.exitCode = broken > 0 ? 1 : 0
