import { LIMITS } from '../../limits.ts'

/** The beginning of what a job printed; null: nothing. What is longer is not read, and no reason to refuse the ping. */
export async function readPingBody(request: Request): Promise<string | null> {
  if (!request.body) return null
  const reader = (request.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  let left: number = LIMITS.pingBodyBytes
  while (left > 0) {
    const { value, done } = await reader.read()
    if (done) break
    text += decoder.decode(value.subarray(0, left), { stream: true })
    left -= value.byteLength
  }
  // Not awaited: a sender who never ends must not hold up the answer.
  void reader.cancel().catch(() => undefined)
  // Storage takes NUL, but what shows the text may end there.
  return text.replaceAll('\0', '').trimEnd() || null
}
