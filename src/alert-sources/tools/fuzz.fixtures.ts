import fc from 'fast-check'
import type { HostileRequest } from './contract.fixtures.ts'
import { partsOf, REPLACEMENTS, sampleRequest } from './hostile-requests.fixtures.ts'
import type { Tool } from './tool.ts'

/** Mutations of a tool's sample: of its parts, several at once and by anything, and of its characters. */
export function mutations(tool: Tool): fc.Arbitrary<HostileRequest> {
  const sample = sampleRequest(tool)
  const parts = fc
    .array(fc.record({ at: fc.nat(), value: VALUE }), { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce(changePart, sample))
  const characters = fc
    .array(fc.record({ at: fc.nat(), remove: fc.nat(12), insert: TEXT }), { minLength: 1, maxLength: 4 })
    .map((changes) => ({ ...sample, body: changes.reduce(changeCharacters, sample.body) }))
  return fc.oneof({ weight: 3, arbitrary: parts }, { weight: 1, arbitrary: characters })
}

const TEXT = fc.string({ unit: 'binary', maxLength: 12 })

const VALUE = fc.oneof(
  fc.constantFrom(...REPLACEMENTS),
  fc.jsonValue({ maxDepth: 3 }),
  fc.jsonValue({ maxDepth: 2, stringUnit: 'binary' }),
  fc.string({ unit: 'binary' }),
  // The words that readers look for, in fields that they don't belong to.
  fc.constantFrom('resolved', 'ok', 'firing', 'critical', 'RESOLVE', 'ALERT', '1', '0', 'https://example.com/x'),
)

function changePart(request: HostileRequest, { at, value }: { at: number; value: unknown }): HostileRequest {
  const parts = partsOf(request)
  const part = parts[at % Math.max(parts.length, 1)]
  return part ? part.with(value) : { ...request, body: JSON.stringify(value) ?? '' }
}

function changeCharacters(
  body: string,
  { at, remove, insert }: { at: number; remove: number; insert: string },
): string {
  const from = at % (body.length + 1)
  return body.slice(0, from) + insert + body.slice(from + remove)
}
