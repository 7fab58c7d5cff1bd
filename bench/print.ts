import type { Result } from './measure.ts'

/** A Markdown table with the design's targets beside what was measured. */
export function printTable(results: Result[]): void {
  const header = ['measured', 'storage', 'median', 'least – most', 'target', '']
  const rows = results.map((result) => [
    result.name,
    result.storage,
    `${show(result.value)} ${result.unit}`,
    result.runs.length > 1 ? `${show(Math.min(...result.runs))} – ${show(Math.max(...result.runs))}` : '',
    result.target === undefined ? '' : `${result.atLeast ? '≥' : '≤'} ${result.target}`,
    verdict(result),
  ])
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => (row[column] ?? '').length)))
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  console.log(line(header))
  console.log(line(widths.map((width) => '-'.repeat(width))))
  for (const row of rows) console.log(line(row))
}

function verdict({ value, target, atLeast }: Result): string {
  if (target === undefined) return ''
  return (atLeast ? value >= target : value <= target) ? 'met' : 'MISSED'
}

function show(value: number): string {
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
