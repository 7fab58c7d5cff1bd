import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TOOLS } from '../src/alert-sources/tools/index.ts'
import type { SetupStep, Tool, ToolCategory } from '../src/alert-sources/tools/tool.ts'

/**
 * node scripts/tool-docs.ts
 *
 * Writes docs/alert-sources: a page for each tool and the list of all, from their declarations.
 */
export const DIRECTORY = join(import.meta.dirname, '../docs/alert-sources')

/** Tells the pages that this program writes, and may remove, from those of people. */
const MARK = '<!-- Written by scripts/tool-docs.ts from the tool’s declaration: change that and run `npm run docs`. -->'

const ORIGIN = 'https://tocsin.example.com'
const KEY = 'INTEGRATION-KEY'

const CATEGORIES: Record<ToolCategory, string> = {
  metrics: 'Metrics',
  uptime: 'Uptime',
  logs: 'Logs',
  errors: 'Errors',
  cloud: 'Cloud',
  infrastructure: 'Infrastructure',
  development: 'Development',
  other: 'Anything else',
}

/** The pages by their file's name. */
export function toolPages(tools: Tool[] = TOOLS): Map<string, string> {
  return new Map([['README.md', listOf(tools)], ...tools.map((tool) => [`${tool.id}.md`, pageOf(tool)] as const)])
}

/** The pages in the folder that no tool has any more. */
export async function stalePages(pages: Map<string, string>): Promise<string[]> {
  const names = (await readdir(DIRECTORY)).filter((name) => name.endsWith('.md') && !pages.has(name))
  const written = await Promise.all(
    names.map(async (name) => (await readFile(join(DIRECTORY, name), 'utf8')).includes(MARK)),
  )
  return names.filter((_, index) => written[index])
}

function listOf(tools: Tool[]): string {
  const sections = Object.entries(CATEGORIES).flatMap(([category, title]) => {
    const rows = tools
      .filter((tool) => tool.category === category)
      .map((tool) => `| [${tool.name}](${tool.id}.md) | ${cell(tool.about)} | ${tool.resolves ? 'yes' : 'no'} |`)
    return rows.length > 0 ? [`## ${title}\n\n| tool | | resolves |\n| --- | --- | --- |\n${rows.join('\n')}`] : []
  })
  return joined([
    MARK,
    '# Tools that report to Tocsin',
    `${tools.length} tools have an address of their own. Each page says how to connect one; the alert source in the dashboard shows the same steps with your deployment’s address and key filled in.`,
    'A tool *resolves* where it says itself that a problem is over. For the others, set **Resolve by itself** at the alert source, or answer the incident by hand.',
    ...sections,
  ])
}

function pageOf(tool: Tool): string {
  const address = addressOf(tool.id)
  return joined([
    MARK,
    `# ${tool.name}`,
    tool.about,
    `Its address is \`${address}\`.${othersOf(tool)}`,
    tool.resolves
      ? `${tool.name} says when a problem is over: its incident is then resolved.`
      : `${tool.name} never says that a problem is over. Set **Resolve by itself** at the alert source, or answer the incident by hand.`,
    '## Connect it',
    `Create an alert source of the type **${tool.name}**. It shows these steps with your deployment’s own address and key in place of \`${ORIGIN}\` and \`${KEY}\`.`,
    tool.setup({ url: address, origin: ORIGIN, key: KEY }).map(stepOf).join('\n\n'),
    ...signingOf(tool),
    '## Try it without the tool',
    `This is a request such as ${tool.name} sends${tool.signature ? ', but for its signature' : ''}.`,
    fenced('sh', curlOf(tool, address)),
  ])
}

function addressOf(id: string): string {
  return `${ORIGIN}/api/v1/events/${id}/${KEY}`
}

function othersOf({ otherIds = [] }: Tool): string {
  if (otherIds.length === 0) return ''
  return ` In place of its name there, ${otherIds.map((id) => `\`${id}\``).join(' or ')} is taken too.`
}

function stepOf({ text, snippet }: SetupStep, index: number): string {
  const step = `${index + 1}. ${text}`
  if (!snippet) return step
  const caption = snippet.caption ? `\n\n   ${snippet.caption}:` : ''
  const languages = { shell: 'sh', text: '' } as Record<string, string>
  const block = fenced(languages[snippet.language] ?? snippet.language, snippet.code)
  return `${step}${caption}\n\n${block.replace(/^(?=.)/gm, '   ')}`
}

function signingOf(tool: Tool): string[] {
  const ways = [
    tool.signature &&
      `The alert source has a field **${tool.signature.secretName}**. Once it is filled in, a request that does not prove to come from whoever has the same secret is refused.`,
    tool.authenticate && 'What it sends is signed by its makers. The signature is checked, with nothing to set up.',
  ].filter((way) => way !== undefined)
  return ways.length > 0 ? ['## Signing', ...ways] : []
}

function curlOf({ sample }: Tool, address: string): string {
  const query = new URLSearchParams(sample.query).toString()
  const headers = Object.entries({ 'content-type': 'application/json', ...sample.headers })
  const lines = [
    `curl '${address}${query ? `?${query}` : ''}'`,
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(sample.body ? ['--data-binary @-'] : ['-X POST']),
  ]
  const command = lines.join(' \\\n  ')
  return sample.body ? `${command} <<'END'\n${readable(sample.body)}\nEND` : command
}

/** JSON on several lines; anything else as it is. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

/** For a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

/** With a fence that the code does not hold. */
function fenced(language: string, code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/^`{3,}/gm)].map(([fence]) => fence.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${code.trimEnd()}\n${fence}`
}

function joined(blocks: string[]): string {
  return `${blocks.join('\n\n')}\n`
}

if (import.meta.main) {
  const pages = toolPages()
  await mkdir(DIRECTORY, { recursive: true })
  for (const [name, text] of pages) await writeFile(join(DIRECTORY, name), text)
  const stale = await stalePages(pages)
  for (const name of stale) await rm(join(DIRECTORY, name))
  console.log(`${pages.size} pages written, ${stale.length} removed`)
}
