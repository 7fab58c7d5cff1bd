import { type ASTNode, Environment, type ParseResult } from '@marcbachmann/cel-js'
import { LIMITS } from '../../limits.ts'
import { cutText } from '../bounded-event.ts'
import { excessOf } from './condition-bounds.ts'
import type { ConditionVariables } from './condition-values.ts'
import { conditionProblemWords, evaluationWords } from './condition-words.ts'
import { withLenientPaths } from './lenient-paths.ts'
import { matchesExpression, matchesGlob } from './patterns.ts'
import { placeOf } from './place.ts'
import { remembered } from './remembered.ts'

/** Conditions that are kept parsed, of all sources whose objects share this process. */
const PARSED_CONDITIONS = 500
const BOUNDS = { maxAstNodes: 250, maxDepth: 24, maxListElements: 100, maxMapEntries: 50, maxCallArguments: 4 }

export type Outcome =
  | { holds: boolean }
  /** It can't be said, because something that it needs is absent. */
  | { undecided: string }
  | { failed: string }

/** Whether a condition holds. Never throws. */
export function evaluateCondition(text: string, variables: ConditionVariables): Outcome {
  const condition = parsed(text)
  if ('problem' in condition) return { failed: condition.problem }
  try {
    const result: unknown = condition.program(variables)
    if (typeof result === 'boolean') return { holds: result }
    return { failed: 'The condition must be true or false: compare it with something, such as == "x".' }
  } catch (error) {
    return evaluationWords(error)
  }
}

/** What is wrong with a condition before any event has come; null: nothing. */
export function conditionProblem(text: string): string | null {
  const condition = parsed(text)
  return 'problem' in condition ? condition.problem : null
}

type Condition = { program: ParseResult } | { problem: string }

const parsed = remembered(PARSED_CONDITIONS, (text): Condition => {
  if (text.length > LIMITS.ruleCharacters) return { problem: `It is longer than ${LIMITS.ruleCharacters} characters.` }
  let strict: ParseResult
  try {
    strict = environment().written.parse(text)
  } catch (error) {
    return { problem: conditionProblemWords(error, text) }
  }
  const excess = excessOf(strict.ast)
  if (excess) return { problem: cutText(`${placeOf(text, excess.at)}: ${excess.message}.`, 400) }
  const { valid, type, error } = strict.check()
  if (!valid) return { problem: conditionProblemWords(error, text) }
  if (type !== 'bool' && type !== 'dyn') return { problem: `It is a ${nameOf(type)}, but must be true or false.` }
  return { program: lenient(text, strict.ast) ?? strict }
})

/** Null where it would not be the same: a path into a list that is written out can't be null. */
function lenient(text: string, ast: ASTNode): ParseResult | null {
  try {
    const program = environment().rewritten.parse(withLenientPaths(text, ast))
    return program.check().valid ? program : null
  } catch {
    return null
  }
}

function nameOf(type: string | undefined): string {
  if (type === 'string') return 'text'
  return type === 'int' || type === 'double' || type === 'uint' ? 'number' : (type ?? 'value')
}

interface Environments {
  /** For what people write. */
  written: Environment
  /** For what comes of it, which has a few more nodes for each path. */
  rewritten: Environment
}

let environments: Environments | undefined

function environment(): Environments {
  environments ??= makeEnvironments()
  return environments
}

function makeEnvironments(): Environments {
  const written = new Environment({
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: false,
    limits: BOUNDS,
  })
  for (const name of ['event', 'payload', 'source']) written.registerVariable(name, 'dyn')
  written.registerVariable('now', 'google.protobuf.Timestamp')
  written.registerFunction('re(dyn, string): bool', matchesExpression, { async: false })
  written.registerFunction('glob(dyn, string): bool', matchesGlob, { async: false })
  mixNumbers(written)
  compareWithNothing(written)
  return { written, rewritten: written.clone({ limits: { ...BOUNDS, maxAstNodes: 1000, maxDepth: 100 } }) }
}

/** 2 and 2.5 are both numbers to people, and to JSON. */
function mixNumbers(environment: Environment) {
  const operators: Record<string, (a: number, b: number) => number> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
  }
  for (const [operator, of] of Object.entries(operators)) {
    const mixed = (a: number | bigint, b: number | bigint) => of(Number(a), Number(b))
    environment.registerOperator(`int ${operator} double: double`, mixed)
    environment.registerOperator(`double ${operator} int: double`, mixed)
  }
}

/** What is absent is neither smaller nor larger than anything. */
function compareWithNothing(environment: Environment) {
  const no = () => false
  for (const operator of ['<', '<=', '>', '>=']) {
    environment.registerOperator(`null ${operator} null: bool`, no)
    for (const type of ['int', 'double', 'string', 'bool', 'google.protobuf.Timestamp', 'google.protobuf.Duration']) {
      environment.registerOperator(`null ${operator} ${type}: bool`, no)
      environment.registerOperator(`${type} ${operator} null: bool`, no)
    }
  }
}
