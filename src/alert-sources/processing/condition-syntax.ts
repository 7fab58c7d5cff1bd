import type { ASTNode } from '@marcbachmann/cel-js'

/** These go through a list. */
export const MACROS = new Set(['exists', 'exists_one', 'all', 'filter'])
/** Of a text. */
export const TEXT_METHODS = new Set([
  ...['contains', 'startsWith', 'endsWith', 'lowerAscii', 'upperAscii', 'trim'],
  ...['indexOf', 'lastIndexOf', 'substring', 'size'],
])

/** The nodes right below, of what is inside a loop and of what is not. */
export function childrenOf(node: ASTNode): { inside: ASTNode[]; outside: ASTNode[] } {
  switch (node.op) {
    case 'value':
    case 'id':
      return { inside: [], outside: [] }
    case '.':
    case '.?':
      return { inside: [], outside: [node.args[0]] }
    case 'call':
      return { inside: [], outside: node.args[1] }
    case 'rcall': {
      const [name, receiver, args] = node.args
      return MACROS.has(name) ? { inside: args, outside: [receiver] } : { inside: [], outside: [receiver, ...args] }
    }
    case 'map':
      return { inside: [], outside: node.args.flat() }
    case '!_':
    case '-_':
      return { inside: [], outside: [node.args] }
    default:
      return { inside: [], outside: node.args }
  }
}
