/** Incidents are numbered per source; the numeric id holds both, so that the object is found by arithmetic alone. */

const NUMBERS_PER_SOURCE = 2 ** 32

export function incidentId(sourceId: number, number: number): number {
  return sourceId * NUMBERS_PER_SOURCE + number
}

export function incidentNumber(id: number): { sourceId: number; number: number } {
  return { sourceId: Math.floor(id / NUMBERS_PER_SOURCE), number: id % NUMBERS_PER_SOURCE }
}

/** What people say: PROM-42. */
export function incidentReference(shortName: string, number: number): string {
  return `${shortName}-${number}`
}

/** Splits PROM-42; null when the text is no reference. */
export function parseReference(text: string): { shortName: string; number: number } | null {
  const match = /^([A-Z][A-Z0-9]{1,9})-([1-9]\d{0,9})$/.exec(text.trim().toUpperCase())
  if (!match) return null
  const number = Number(match[2])
  return number < NUMBERS_PER_SOURCE ? { shortName: match[1] as string, number } : null
}
