/** A text as parsers of JSON want it. Bodies are read with their mark, for signatures are made over all of their bytes. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}
