const encoder = new TextEncoder()
const SEPARATOR = 0xff
/** FNV's 64-bit prime is 2^40 + this. */
const PRIME_LOW = 0x1b3

/**
 * The fingerprint that Prometheus and Alertmanager give a set of labels (`LabelSet.Fingerprint` of prometheus/common): 64
 * bits of FNV-1a over names and values in the names' order, each followed by the byte 0xff. So an alert has the same key
 * whether Alertmanager notifies of it or its sender pushes it here.
 */
export function labelFingerprint(labels: Record<string, string>): string {
  // In two halves, because BigInt for each byte of a storm's labels takes ten times as long.
  let high = 0xcbf29ce4
  let low = 0x84222325
  const add = (byte: number) => {
    const mixed = (low ^ byte) >>> 0
    const product = mixed * PRIME_LOW
    high = (high * PRIME_LOW + Math.floor(product / 0x1_0000_0000) + (mixed << 8)) >>> 0
    low = product >>> 0
  }
  for (const name of Object.keys(labels).sort()) {
    for (const text of [name, labels[name] as string]) {
      for (const byte of encoder.encode(text)) add(byte)
      add(SEPARATOR)
    }
  }
  return [high, low].map((half) => half.toString(16).padStart(8, '0')).join('')
}
