import { Context, type Liquid, type LiquidError, type Template } from 'liquidjs'
import { LIMITS } from '../../limits.ts'
import { cutText } from '../bounded-event.ts'
import { liquid } from './liquid.ts'
import { placeAt } from './place.ts'
import { remembered } from './remembered.ts'
import { VARIABLES, type Variables } from './variables.ts'

/** Templates that are kept parsed, of all sources whose objects share this process. */
const PARSED_TEMPLATES = 200
/** Pieces of a template that are rendered, counting each time through a loop. */
const STEPS = 10_000
/** Characters that are put together and elements that are gone through, in all filters and loops. */
const CHARACTERS = 500_000

export type Rendered = { text: string } | { failed: string }

/** What a template renders, trimmed and no longer than a field may be. Never throws. */
export function renderTemplate(text: string, variables: Variables): Rendered {
  const template = parsed(text)
  if ('failed' in template) return template
  const { engine, nodes } = template
  try {
    const scope = { ...variables, now: new Date(variables.now).toISOString() }
    const context = new Context(scope, engine.options, { sync: true, memoryLimit: CHARACTERS }, limitsOf(engine))
    const rendered = String(engine.renderSync(nodes, context))
    return { text: cutText(rendered.trim(), LIMITS.detailsCharacters) }
  } catch (error) {
    return { failed: wordsOf(error, text) }
  }
}

/** What is wrong with a template before any event has come; null: nothing. */
export function templateProblem(text: string): string | null {
  const template = parsed(text)
  if ('failed' in template) return template.failed
  const { engine, nodes } = template
  try {
    const known: readonly string[] = VARIABLES
    const unknown = engine.globalVariablesSync(nodes, { partials: false }).find((name) => !known.includes(name))
    if (unknown === undefined) return null
    return `There is no “${unknown}”: a template sees event, payload, source and now. Write payload.${unknown} for a field of what was sent.`
  } catch (error) {
    return wordsOf(error, text)
  }
}

type Parsed = { engine: Liquid; nodes: Template[] } | { failed: string }

const parsed = remembered(PARSED_TEMPLATES, (text): Parsed => {
  if (text.length > LIMITS.templateCharacters)
    return { failed: `It is longer than ${LIMITS.templateCharacters} characters.` }
  const engine = liquid()
  try {
    return { engine, nodes: engine.parse(text) }
  } catch (error) {
    return { failed: wordsOf(error, text) }
  }
})

/** The engine asks its limit of time before each piece that it renders; this one counts instead. */
function limitsOf(engine: Liquid) {
  let left = STEPS
  const renderLimit = {
    use() {},
    check() {
      if (--left < 0)
        throw new Error(`it takes more than ${STEPS} steps: go through fewer elements, such as with limit:20`)
    },
  }
  return { liquid: engine, renderLimit: renderLimit as unknown as Context['renderLimit'] }
}

/** The engine's "undefined filter: x, line:1, col:4" for people. */
function wordsOf(error: unknown, text: string): string {
  const message = (error as LiquidError).message || 'it can’t be rendered'
  const [, what = message, line, column] = /^([\s\S]*?), line:(\d+), col:(\d+)$/.exec(message) ?? []
  const where = line ? `${placeAt(Number(line), Number(column), text.includes('\n'))}: ` : ''
  return cutText(`${where}${explained(what)}.`, 400)
}

function explained(what: string): string {
  const filter = /^undefined filter: (.*)$/.exec(what)?.[1]
  if (filter) return `there is no filter “${filter}”`
  const tag = /^tag "(.*)" not found$/.exec(what)?.[1]
  if (tag) return `there is no tag “${tag}”`
  if (what === 'memory alloc limit exceeded') return 'it makes too much text: use truncate, or limit in the loop'
  return what
}
