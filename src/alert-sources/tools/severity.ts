/**
 * What tools call their severities, as a level from 1 (worst) to 5 (mildest). Null: a word that says nothing to us, and
 * then nothing is claimed.
 */
export function severityLevel(severity: string | null | undefined): number | null {
  const word = severity?.trim().toLowerCase() ?? ''
  return WORDS.get(word) ?? null
}

const LEVELS: string[][] = [
  [
    'critical',
    'crit',
    'fatal',
    'emergency',
    'emerg',
    'disaster',
    'blocker',
    'down',
    'p1',
    'sev1',
    'sev0',
    'availability',
    '1 - critical',
    'highest',
  ],
  ['error', 'err', 'high', 'major', 'severe', 'alert', 'p2', 'sev2', 'failed', 'failure', 'unreachable'],
  ['warning', 'warn', 'medium', 'moderate', 'average', 'p3', 'sev3', 'trouble', 'degraded', 'performance', 'unknown'],
  ['low', 'minor', 'notice', 'p4', 'sev4'],
  [
    'info',
    'information',
    'informational',
    'debug',
    'trivial',
    'verbose',
    'p5',
    'sev5',
    'ok',
    'none',
    'lowest',
    'custom_info',
  ],
]

const WORDS = new Map(LEVELS.flatMap((words, index) => words.map((word) => [word, index + 1] as const)))
