import type { ASTNode } from '@marcbachmann/cel-js'
import { MACROS, TEXT_METHODS } from './condition-syntax.ts'

/**
 * Rewrites a condition so that what is absent counts as null, instead of being an error: payloads differ, and a rule is
 * written for all of them. `payload.a.b == "x"` becomes `payload.?a.?b.orValue(null) == "x"`. Where a list is gone
 * through, it is the empty list, where a text is needed the empty text, and where true or false is needed false.
 */
export function withLenientPaths(text: string, ast: ASTNode): string {
  const insertions = [...insertionsIn(ast, 'false', text)].sort((a, b) => a.at - b.at)
  let rewritten = ''
  let copied = 0
  for (const { at, inserted } of insertions) {
    rewritten += text.slice(copied, at) + inserted
    copied = at
  }
  return rewritten + text.slice(copied)
}

interface Insertion {
  at: number
  inserted: string
}

/** What an absent value is at its place in the condition. */
type Absent = 'null' | 'false' | '""' | '[]'

function* insertionsIn(node: ASTNode, absent: Absent, text: string): Generator<Insertion> {
  if (isPath(node)) {
    yield* optionalSteps(node, text)
    yield { at: node.end, inserted: `.orValue(${absent})` }
    return
  }
  const asked = node.op === 'call' && node.args[0] === 'has' ? node.args[1][0] : undefined
  if (asked?.op === '.') {
    // It asks for the last field itself; those before may be absent too.
    yield* startOf(asked.args[0], text)
    return
  }
  for (const [operand, absentThere] of operandsOf(node, absent)) yield* insertionsIn(operand, absentThere, text)
}

type Path = Extract<ASTNode, { op: '.' | '[]' }>

function isPath(node: ASTNode): node is Path {
  return node.op === '.' || node.op === '[]'
}

/** `a.b[0]` becomes `a.?b[?0]`. */
function* optionalSteps(node: Path, text: string): Generator<Insertion> {
  const [left] = node.args
  yield* startOf(left, text)
  yield { at: text.indexOf(node.op === '.' ? '.' : '[', left.end) + 1, inserted: '?' }
  if (node.op === '[]') yield* insertionsIn(node.args[1], 'null', text)
}

function startOf(left: ASTNode, text: string): Generator<Insertion> {
  return isPath(left) ? optionalSteps(left, text) : insertionsIn(left, 'null', text)
}

function operandsOf(node: Exclude<ASTNode, Path>, absent: Absent): [ASTNode, Absent][] {
  const all = (nodes: ASTNode[], absent: Absent) => nodes.map((operand): [ASTNode, Absent] => [operand, absent])
  switch (node.op) {
    case 'value':
    case 'id':
      return []
    case 'call':
      return all(node.args[1], node.args[0] === 'size' ? '""' : 'null')
    case 'rcall': {
      const [name, receiver, args] = node.args
      if (MACROS.has(name)) return [[receiver, '[]'], ...all(args.slice(1), 'false')]
      return [[receiver, TEXT_METHODS.has(name) ? '""' : 'null'], ...all(args, 'null')]
    }
    case '&&':
    case '||':
      return all(node.args, 'false')
    case '!_':
      return [[node.args, 'false']]
    case '-_':
      return [[node.args, 'null']]
    case '?:':
      return [[node.args[0], 'false'], ...all(node.args.slice(1), absent)]
    case 'in':
      return [
        [node.args[0], 'null'],
        [node.args[1], '[]'],
      ]
    case 'map':
      return all(node.args.flat(), 'null')
    case '.?':
      return [[node.args[0], 'null']]
    default:
      return all(node.args, 'null')
  }
}
