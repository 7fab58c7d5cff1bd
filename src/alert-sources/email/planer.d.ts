declare module 'planer' {
  /** One letter for each line: what it is in a mail's conversation. */
  export function markMessageLines(lines: string[]): string
  /** The lines without the quoted ones. */
  export function processMarkedLines(lines: string[], markers: string): string[]
}
