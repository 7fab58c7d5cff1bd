/** Where in a template or condition something is wrong, for people who count from 1. */
export function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return placeAt(before.split('\n').length, before.length - lineStart + 1, text.includes('\n'))
}

export function placeAt(line: number, character: number, severalLines: boolean): string {
  return severalLines ? `Line ${line}, character ${character}` : `Character ${character}`
}
