/** One line of an iCalendar file (RFC 5545, 3.1): `NAME;PARAMETER=value:value`. Names are in capitals. */
export interface Property {
  name: string
  parameters: Record<string, string>
  /** As it is written, escapes and all. */
  value: string
}

/** What stands between a BEGIN and its END. */
export interface Component {
  name: string
  properties: Property[]
  components: Component[]
}

/** What is wrong with a file as a whole, in words for the person who sent it. */
export class UnreadableCalendar extends Error {}

/** The components of a file. A line that makes no sense is passed over, as a description's that was not folded. */
export function parseComponents(text: string): Component[] {
  const root: Component = { name: '', properties: [], components: [] }
  const open = [root]
  for (const line of unfolded(text)) {
    const property = parseLine(line)
    if (!property) continue
    const innermost = open.at(-1) as Component
    const name = property.value.trim().toUpperCase()
    if (property.name === 'BEGIN') {
      const component: Component = { name, properties: [], components: [] }
      innermost.components.push(component)
      open.push(component)
    } else if (property.name === 'END') {
      if (innermost === root || innermost.name !== name) {
        const expected = innermost === root ? 'nothing is open' : `${innermost.name} is open`
        throw new UnreadableCalendar(`The calendar is damaged: END:${name.slice(0, 40)} where ${expected}`)
      }
      open.pop()
    } else innermost.properties.push(property)
  }
  if (open.length > 1) {
    throw new UnreadableCalendar(`The calendar is cut off: ${open.at(-1)?.name} begins and does not end`)
  }
  return root.components
}

export function firstOf(properties: Property[], name: string): Property | undefined {
  return properties.find((property) => property.name === name)
}

/** Breaks a line into pieces of 75 octets, never within a character. */
export function fold(line: string): string {
  let [folded, octets] = ['', 0]
  for (const character of line) {
    const size = octetsOf(character)
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n '
      octets = 1
    }
    folded += character
    octets += size
  }
  return folded
}

const MAX_OCTETS = 75

function octetsOf(character: string): number {
  const code = character.codePointAt(0) as number
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}

function unfolded(text: string): string[] {
  const lines: string[][] = []
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    if (/^[ \t]/.test(line)) lines.at(-1)?.push(line.slice(1))
    else lines.push([line])
  }
  return lines.map((pieces) => pieces.join(''))
}

/** Null: no property. Colons and semicolons in quotes belong to the parameter. */
function parseLine(line: string): Property | null {
  const ends: number[] = []
  let quoted = false
  for (let index = 0; index < line.length; index++) {
    const character = line[index]
    if (character === '"') quoted = !quoted
    else if (quoted) continue
    else if (character === ';') ends.push(index)
    else if (character === ':') return property(line, [...ends, index])
  }
  return null
}

function property(line: string, ends: number[]): Property | null {
  const [name = '', ...parameters] = ends.map((end, index) =>
    line.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end),
  )
  if (!/^[A-Za-z0-9-]+$/.test(name)) return null
  return {
    name: name.toUpperCase(),
    parameters: Object.fromEntries(
      parameters.map((parameter) => {
        const [key = '', ...value] = parameter.split('=')
        return [key.toUpperCase(), value.join('=').replaceAll('"', '')]
      }),
    ),
    value: line.slice((ends.at(-1) as number) + 1),
  }
}
