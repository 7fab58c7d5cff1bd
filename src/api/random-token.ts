const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BASE = BigInt(ALPHABET.length)
const BYTES = 32
/** What 256 bits need in base 62. */
const CHARACTERS = 43

/** 256 random bits in letters and digits alone, so that a double click selects all of it. */
export function randomToken(): string {
  let number = 0n
  for (const byte of crypto.getRandomValues(new Uint8Array(BYTES))) number = (number << 8n) | BigInt(byte)
  let text = ''
  for (let place = 0; place < CHARACTERS; place++) {
    text = ALPHABET[Number(number % BASE)] + text
    number /= BASE
  }
  return text
}
