/**
 * Reads a mail of any size within bounds on memory: a Worker has 128 MB, a mail has up to 25 MiB, and each of its lines
 * costs the parser an object. Long parts lose their ends; how each part begins, and so what it is called, is kept.
 *
 * No MIME is read here: parts begin after a line that begins with two dashes (RFC 2046, 5.1.1), so what follows too long
 * upon the last such line is left out up to the next.
 */
export async function skimMail(raw: ReadableStream<Uint8Array>): Promise<SkimmedMail> {
  const skim = new Skim()
  const reader = raw.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    skim.add(value)
    if (skim.full) {
      await reader.cancel()
      break
    }
  }
  return skim.result()
}

export interface SkimmedMail {
  bytes: Uint8Array
  /** Whether anything was left out. */
  cut: boolean
}

/** Of one part, with its headers and in its transfer encoding: of the text much more than an incident shows. */
export const PART_BYTES = 256 * 1024
const MAIL_BYTES = 4 * 1024 * 1024
const LINES = 50_000

const NEWLINE = 0x0a
const DASH = 0x2d

class Skim {
  #kept: Uint8Array[] = []
  #bytes = 0
  #lines = 0
  /** Since the last line that may begin a part. */
  #partBytes = 0
  #lineBegins = true
  #cut = false

  get full(): boolean {
    return this.#bytes >= MAIL_BYTES || this.#lines >= LINES
  }

  add(chunk: Uint8Array): void {
    /** What is kept and not yet put aside: from here to where the reading is. */
    let keptFrom = 0
    let at = 0
    while (at < chunk.length && !this.full) {
      if (this.#lineBegins && mayBeginPart(chunk, at)) this.#partBytes = 0
      const newline = chunk.indexOf(NEWLINE, at)
      const lineEnd = newline < 0 ? chunk.length : newline + 1
      const room = Math.min(PART_BYTES - this.#partBytes, MAIL_BYTES - this.#bytes)
      const end = Math.min(lineEnd, at + room)
      if (end > at && this.#lineBegins) this.#lines++
      this.#partBytes += end - at
      this.#bytes += end - at
      if (end < lineEnd) {
        this.#keep(chunk.subarray(keptFrom, end))
        keptFrom = lineEnd
        this.#cut = true
      }
      at = lineEnd
      this.#lineBegins = newline >= 0
    }
    this.#keep(chunk.subarray(keptFrom, at))
    if (at < chunk.length) this.#cut = true
  }

  result(): SkimmedMail {
    const bytes = new Uint8Array(this.#bytes)
    let at = 0
    for (const piece of this.#kept) {
      bytes.set(piece, at)
      at += piece.length
    }
    return { bytes, cut: this.#cut || this.full }
  }

  /** Copied, so that a few bytes kept do not hold the whole chunk that they came in. */
  #keep(piece: Uint8Array): void {
    if (piece.length > 0) this.#kept.push(piece.slice())
  }
}

/** Where the second byte has not come yet, it may. */
function mayBeginPart(chunk: Uint8Array, at: number): boolean {
  return chunk[at] === DASH && (at + 1 >= chunk.length || chunk[at + 1] === DASH)
}
