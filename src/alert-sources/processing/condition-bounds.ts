import type { ASTNode } from '@marcbachmann/cel-js'
import { childrenOf, MACROS, TEXT_METHODS } from './condition-syntax.ts'
import { expressionProblem } from './patterns.ts'
import { EVENT_FIELDS } from './variables.ts'

/** What a condition may not have, and where. */
export interface Excess {
  message: string
  at: number
}

/** Of one text to the next: within a loop over a list, texts that are put together add up. */
const SUMS_IN_A_LOOP = 8

const FUNCTIONS = new Set(['has', 're', 'glob', 'size', 'int', 'double', 'string', 'bool', 'timestamp', 'duration'])
const TIME_METHODS = new Set([
  ...['getFullYear', 'getMonth', 'getDate', 'getDayOfMonth', 'getDayOfWeek', 'getDayOfYear'],
  ...['getHours', 'getMinutes', 'getSeconds', 'getMilliseconds'],
])

/** What people may know from elsewhere, and what to write here. */
const INSTEAD: Record<string, string> = {
  matches: 'write re(text, "pattern")',
  map: 'ask with exists(…) or filter(…)',
  join: 'ask with exists(…)',
  split: 'ask with contains(…) or re(…)',
  bind: 'write it out',
}

/**
 * The first thing in a condition that could make it costly, or that can never be right. Evaluation has no step limit, so
 * what it costs follows from what is written: no loop within a loop, no function that makes long texts or lists, and no
 * regular expression of the platform's own engine, which may take exponential time.
 */
export function excessOf(node: ASTNode, loop: Loop | null = null): Excess | null {
  const found = excessHere(node, loop)
  if (found) return found
  const { inside, outside } = childrenOf(node)
  const within = inside.length > 0 ? { name: String(node.op === 'rcall' && node.args[0]), sums: 0 } : null
  for (const child of outside) {
    const excess = excessOf(child, loop)
    if (excess) return excess
  }
  for (const child of inside) {
    const excess = excessOf(child, within)
    if (excess) return excess
  }
  return null
}

interface Loop {
  name: string
  sums: number
}

function excessHere(node: ASTNode, loop: Loop | null): Excess | null {
  const excess = (message: string, at = node.start): Excess => ({ message, at })
  switch (node.op) {
    case '.?':
    case '[?]':
      return excess('a path needs no “?”: what is absent is null anyway')
    case '.': {
      const [of, name] = node.args
      const fields: readonly string[] = EVENT_FIELDS
      if (of.op !== 'id' || of.args !== 'event' || fields.includes(name)) return null
      return excess(`an event has no field “${name}”; it has ${EVENT_FIELDS.join(', ')}`)
    }
    case '+':
      if (loop && ++loop.sums > SUMS_IN_A_LOOP) return excess(`there are too many + within ${loop.name}(…)`)
      return null
    case 'call': {
      const [name, args] = node.args
      if (!FUNCTIONS.has(name)) return excess(unknownFunction(name))
      return name === 're' || name === 'glob' ? patternExcess(name, args, excess) : null
    }
    case 'rcall': {
      const [name] = node.args
      if (MACROS.has(name)) {
        return loop ? excess(`${name}(…) can’t be within ${loop.name}(…): only one list is gone through`) : null
      }
      return TEXT_METHODS.has(name) || TIME_METHODS.has(name) ? null : excess(unknownFunction(name))
    }
    default:
      return null
  }
}

function unknownFunction(name: string): string {
  const instead = INSTEAD[name]
  return `there is no function ${name}(…)${instead ? `: ${instead}` : ''}`
}

function patternExcess(name: string, args: ASTNode[], excess: (message: string, at?: number) => Excess): Excess | null {
  const [, pattern] = args
  if (!pattern) return null
  if (pattern.op !== 'value' || typeof pattern.args !== 'string') {
    return excess(`the pattern of ${name}(…) must be written out, in quotes`, pattern.start)
  }
  const problem = name === 're' ? expressionProblem(pattern.args) : null
  return problem === null ? null : excess(problem, pattern.start)
}
