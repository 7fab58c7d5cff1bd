import { createVerify, type KeyObject, X509Certificate } from 'node:crypto'
import { log } from '../../log.ts'
import { isSnsAddress } from './sns-address.ts'
import { readSnsBody, type SnsEnvelope } from './sns-envelope.ts'
import { type ToolRequest, Unreadable, Unverifiable } from './tool.ts'

/** Gives the PEM of a certificate. Throws `Unverifiable` where it can't be had now. */
export type FetchCertificate = (url: string) => Promise<string>

/**
 * Why a message of SNS is refused; null: SNS signed it, or it carries no signature at all, which is how raw message
 * delivery comes and then the integration key alone must do. Throws `Unverifiable`.
 */
export async function authenticateSns(
  request: ToolRequest,
  fetchCertificate: FetchCertificate = certificateFromSns,
): Promise<string | null> {
  for (const envelope of envelopesOf(request)) {
    const refusal = await verifySns(envelope, fetchCertificate)
    if (refusal) return refusal
  }
  return null
}

/** What can't be read at all is `read`'s to refuse, with a better word. */
function envelopesOf(request: ToolRequest): SnsEnvelope[] {
  try {
    const body = readSnsBody(request)
    return 'envelopes' in body ? body.envelopes : []
  } catch (error) {
    if (error instanceof Unreadable) return []
    throw error
  }
}

/**
 * Why the signature of an envelope does not count; null: it does. That says only that SNS sent the message, for anybody
 * may have a topic; that it is for us says the integration key. "Verifying the signatures of Amazon SNS messages" in
 * Amazon's SNS developer guide.
 */
export async function verifySns(
  envelope: SnsEnvelope,
  fetchCertificate: FetchCertificate = certificateFromSns,
): Promise<string | null> {
  const { signatureVersion, signature, signingCertUrl } = envelope
  const algorithm = ALGORITHMS.get(signatureVersion)
  if (!signature) return 'Signature is missing. Only raw message delivery comes without one.'
  if (!algorithm) return 'SignatureVersion must be 1 or 2.'
  if (!isCertificateAddress(signingCertUrl)) return 'SigningCertURL is not a certificate of Amazon SNS.'
  const key = await publicKey(signingCertUrl, fetchCertificate)
  if (!key) return 'What SigningCertURL names is not a certificate.'
  return isSigned(envelope, algorithm, key) ? null : 'The signature is not that of Amazon SNS for this message.'
}

const ALGORITHMS = new Map([
  ['1', 'RSA-SHA1'],
  ['2', 'RSA-SHA256'],
])

function isSigned(envelope: SnsEnvelope, algorithm: string, key: KeyObject): boolean {
  try {
    return createVerify(algorithm).update(stringToSign(envelope), 'utf8').verify(key, envelope.signature, 'base64')
  } catch {
    return false
  }
}

/** Name and value of each signed field on a line of its own, in the order of their names; what is absent is left out. */
function stringToSign(envelope: SnsEnvelope): string {
  const { type, messageId, topicArn, subject, message, timestamp, token, subscribeUrl } = envelope
  const fields: [string, string | null][] =
    type === 'Notification'
      ? [
          ['Message', message],
          ['MessageId', messageId],
          ['Subject', subject],
          ['Timestamp', timestamp],
          ['TopicArn', topicArn],
          ['Type', type],
        ]
      : [
          ['Message', message],
          ['MessageId', messageId],
          ['SubscribeURL', subscribeUrl],
          ['Timestamp', timestamp],
          ['Token', token],
          ['TopicArn', topicArn],
          ['Type', type],
        ]
  return fields.map(([name, value]) => (value === null ? '' : `${name}\n${value}\n`)).join('')
}

function isCertificateAddress(url: string): boolean {
  return isSnsAddress(url) && new URL(url).pathname.endsWith('.pem')
}

/**
 * Keys of the certificates seen by this isolate. One region uses one certificate for months; its name changes with it, so
 * nothing has to expire. Keys and not promises of them: the platform lets no request wait for another one's fetch.
 */
const keys = new Map<string, KeyObject>()
const KEYS_KEPT = 32

async function publicKey(url: string, fetchCertificate: FetchCertificate): Promise<KeyObject | null> {
  const known = keys.get(url)
  if (known) return known
  const pem = await fetchCertificate(url)
  try {
    const key = new X509Certificate(pem).publicKey
    if (keys.size >= KEYS_KEPT) keys.delete(keys.keys().next().value as string)
    keys.set(url, key)
    return key
  } catch {
    return null
  }
}

const CERTIFICATE_BYTES = 16 * 1024
const CERTIFICATE_MS = 5000

/** Fetches a certificate; `url` is one of SNS's own. */
export async function certificateFromSns(url: string): Promise<string> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(CERTIFICATE_MS) })
    if (response.status === 200) return await bounded(response)
    await response.body?.cancel()
    log.warn('certificate of SNS not fetched', { status: response.status })
  } catch (error) {
    if (error instanceof Unverifiable) throw error
    log.warn('certificate of SNS not fetched', { error })
  }
  throw new Unverifiable('The certificate of Amazon SNS could not be fetched to check the signature.')
}

async function bounded(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > CERTIFICATE_BYTES) throw new Unverifiable('The certificate of Amazon SNS is larger than any it has.')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
