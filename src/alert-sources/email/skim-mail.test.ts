import fc from 'fast-check'
import { describe, it } from 'vitest'
import { PART_BYTES, skimMail } from './skim-mail.ts'

function inChunks(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + size))
      at += size
    },
  })
}

async function skimmed(text: string, chunk = 65_536) {
  const { bytes, cut } = await skimMail(inChunks(text, chunk))
  return { text: new TextDecoder().decode(bytes), cut }
}

const BASE64 = `${'QUJD'.repeat(19)}\r\n`

describe('skimming a mail', () => {
  it('leaves out nothing of a small one, however it comes in', async ({ expect }) => {
    const anyText = fc.array(fc.constantFrom('-', '--b\r\n', '\n', '\r', 'text ', '🔥')).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(anyText, fc.integer({ min: 1, max: 20 }), async (text, chunk) => {
        expect(await skimmed(text, chunk)).toEqual({ text, cut: false })
      }),
    )
  })

  it('cuts a long part, and goes on with the next', async ({ expect }) => {
    const attachment = BASE64.repeat(20_000)
    const mail = `Subject: x\r\n\r\n--b\r\n\r\nfirst\r\n--b\r\n\r\n${attachment}--b\r\n\r\nlast\r\n--b--\r\n`
    const { text, cut } = await skimmed(mail)
    expect(cut).toBe(true)
    expect(text).toMatch(/^Subject: x[\s\S]*first[\s\S]*\r\nlast\r\n--b--\r\n$/)
    expect(text.length).toBeLessThan(PART_BYTES + 200)
  })

  it('sees a boundary that two chunks share', async ({ expect }) => {
    const mail = `--b\n${'x'.repeat(PART_BYTES)}\n--b\nlast`
    for (const chunk of [PART_BYTES + 4, PART_BYTES + 5, PART_BYTES + 6, PART_BYTES + 7]) {
      expect((await skimmed(mail, chunk)).text).toMatch(/last$/)
    }
  })

  it.for([
    ['lines', '\n'],
    ['boundaries', '--\n'],
    ['characters', 'x'],
  ] as const)(
    'reads a mail of the largest size that is nothing but %s within bounds',
    async ([, piece], { expect }) => {
      const { text, cut } = await skimmed(piece.repeat(25_000_000 / piece.length))
      expect(cut).toBe(true)
      expect(text.length).toBeLessThanOrEqual(4 * 1024 * 1024)
      expect(text.split('\n').length).toBeLessThanOrEqual(50_001)
    },
  )
})
