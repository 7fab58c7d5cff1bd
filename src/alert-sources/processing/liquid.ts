import { type Context, type Emitter, filters, Liquid, type Template, TypeGuards } from 'liquidjs'
import { LIMITS } from '../../limits.ts'

/**
 * The template engine, with what is safe in the hands of people who write templates and others who send what those
 * render. No files, no partials, no filter that evaluates text, and everything bounded by counting.
 */
export function liquid(): Liquid {
  engine ??= boundedEngine()
  return engine
}

let engine: Liquid | undefined

const TAGS = new Set([
  ...['assign', 'capture', 'case', 'if', 'unless', 'for', 'break', 'continue', 'cycle'],
  ...['comment', '#', 'raw', 'echo', 'liquid'],
])

const FILTERS = [
  ...['append', 'prepend', 'capitalize', 'downcase', 'upcase', 'strip', 'lstrip', 'rstrip', 'squish'],
  ...['remove', 'remove_first', 'remove_last', 'replace', 'replace_first', 'replace_last', 'split'],
  ...['strip_html', 'strip_newlines', 'newline_to_br', 'normalize_whitespace', 'truncate', 'truncatewords', 'slice'],
  ...['escape', 'escape_once', 'url_encode', 'url_decode', 'base64_encode', 'base64_decode', 'json', 'default'],
  ...['size', 'first', 'last', 'join', 'reverse', 'sort', 'sort_natural', 'uniq', 'compact', 'concat', 'map', 'sum'],
  ...['where', 'reject', 'find', 'find_index', 'has', 'group_by', 'date'],
  ...['abs', 'at_least', 'at_most', 'ceil', 'divided_by', 'floor', 'minus', 'modulo', 'plus', 'round', 'times'],
]

/** Their first argument is a path, which the engine parses like one of a template. */
const PATH_FILTERS = new Set(['where', 'reject', 'find', 'find_index', 'has', 'group_by'])

/** What going through an element costs, compared with a character. */
const CHARACTERS_PER_ELEMENT = 5
/** Writing a time in a zone asks for a formatter. */
const CHARACTERS_PER_DATE = 500

interface FilterCall {
  context: Context
}
type FilterFunction = (this: FilterCall, value: unknown, ...args: unknown[]) => unknown

function boundedEngine(): Liquid {
  const liquid = new Liquid({
    ...{ ownPropertyOnly: true, strictFilters: true, strictVariables: false },
    // There are none. Without this, the engine would look for files.
    templates: {},
    parseLimit: LIMITS.templateCharacters,
    timezoneOffset: 0,
    locale: 'en-US',
    outputEscape: written,
  })
  for (const name of Object.keys(liquid.tags)) if (!TAGS.has(name)) delete liquid.tags[name]
  for (const name of Object.keys(liquid.filters)) delete liquid.filters[name]
  for (const name of FILTERS)
    liquid.registerFilter(name, charged(name, filters[name as keyof typeof filters] as FilterFunction))
  refuseRanges(liquid)
  chargeWhatIsWritten(liquid)
  return liquid
}

/** Not all filters charge what they go through, and an uncharged one in a loop is work without bound. */
function charged(name: string, filter: FilterFunction): FilterFunction {
  return function (value, ...args) {
    if (typeof value === 'string') this.context.memoryLimit.use(value.length)
    if (name === 'date') this.context.memoryLimit.use(CHARACTERS_PER_DATE)
    if (Array.isArray(value)) this.context.memoryLimit.use(value.length * CHARACTERS_PER_ELEMENT)
    if (PATH_FILTERS.has(name) && String(args[0]).includes('..')) throw new Error(`${name} needs the name of a field`)
    return filter.call(this, value, ...args)
  }
}

/** Lists and objects as people would write them; the engine's own way is "[object Object]". */
function written(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  const simple = Array.isArray(value) && value.every((item) => typeof item !== 'object')
  return simple ? value.join(', ') : JSON.stringify(value)
}

/**
 * A range is made in full before it is gone through, and one of numbers so large that adding 1 changes nothing never
 * ends. Lists of the payload are all there is to loop over.
 */
function refuseRanges(liquid: Liquid) {
  const parse = liquid.parse.bind(liquid)
  liquid.parse = (text, path) => {
    const templates = parse(text, path)
    if (hasRange(templates)) throw new Error('ranges such as (1..10) are not possible: go through a list, with limit')
    return templates
  }
}

function hasRange(node: unknown, seen = new Set<unknown>()): boolean {
  if (typeof node !== 'object' || node === null || node instanceof Liquid || seen.has(node)) return false
  seen.add(node)
  return TypeGuards.isRangeToken(node) || Object.values(node).some((inner) => hasRange(inner, seen))
}

/** What is rendered into the result or captured counts like what filters make. */
function chargeWhatIsWritten({ renderer }: Liquid) {
  const renderTemplates = renderer.renderTemplates.bind(renderer)
  renderer.renderTemplates = (templates: Template[], context: Context, emitter?: Emitter) =>
    renderTemplates(templates, context, emitter ?? new ChargedEmitter(context))
}

class ChargedEmitter implements Emitter {
  buffer = ''
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  write(piece: unknown) {
    const text = String(piece ?? '')
    this.#context.memoryLimit.use(text.length)
    this.buffer += text
  }
}
