import planer from 'planer'

/**
 * What somebody wrote in a reply: without the mail that it quotes and without the signature. All of it where nothing else
 * is left.
 */
export function newText(text: string): string {
  const lines = text.split('\n')
  // planer's patterns backtrack, so they see lines and mails of a length that they can't take long over.
  const looked = lines.slice(0, LINES)
  const markers = planer.markMessageLines(looked.map((line) => line.slice(0, LINE_CHARACTERS)))
  const unquoted = planer.processMarkedLines(looked, markers)
  const written = withoutSignature(unquoted.length < looked.length ? unquoted : lines)
  return written.some((line) => line.trim() !== '') ? written.join('\n') : text
}

const LINES = 60
const LINE_CHARACTERS = 140

/** RFC 3676, 4.3: a signature begins after a line of two dashes and a space; the space gets lost on the way. */
function withoutSignature(lines: string[]): string[] {
  const at = lines.findIndex((line) => line === '-- ' || line === '--')
  return at < 0 ? lines : lines.slice(0, at)
}
