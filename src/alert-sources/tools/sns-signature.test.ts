import { afterEach, describe, it, vi } from 'vitest'
import {
  CERTIFICATE,
  CERTIFICATE_URL,
  SIGNED_CONFIRMATION,
  SIGNED_NOTIFICATION,
  SIGNED_WITHOUT_SUBJECT,
} from './sns.fixtures.ts'
import { readSnsBody, type SnsEnvelope } from './sns-envelope.ts'
import { authenticateSns, certificateFromSns, verifySns } from './sns-signature.ts'
import { Unverifiable } from './tool.ts'
import { requestOf } from './tool-request.fixtures.ts'

const certificate = () => Promise.resolve(CERTIFICATE)

describe('the signature of Amazon SNS', () => {
  it('counts over exactly what was sent, in both versions', async ({ expect }) => {
    for (const message of [SIGNED_NOTIFICATION, SIGNED_WITHOUT_SUBJECT, SIGNED_CONFIRMATION])
      expect(await verifySns(envelopeOf(message), certificate)).toBeNull()
  })

  it('does not count once any signed field is changed, added or taken away', async ({ expect }) => {
    const changes: [object, object][] = [
      [SIGNED_NOTIFICATION, { Message: 'All is well.' }],
      [SIGNED_NOTIFICATION, { Message: SIGNED_NOTIFICATION.Message.trim() }],
      [SIGNED_NOTIFICATION, { Subject: 'Disk full' }],
      [SIGNED_NOTIFICATION, { Subject: undefined }],
      [SIGNED_NOTIFICATION, { TopicArn: 'arn:aws:sns:eu-west-1:999999999999:alarms' }],
      [SIGNED_NOTIFICATION, { Type: 'SubscriptionConfirmation' }],
      [SIGNED_NOTIFICATION, { SignatureVersion: '2' }],
      [SIGNED_WITHOUT_SUBJECT, { Subject: 'Disk full' }],
      [SIGNED_WITHOUT_SUBJECT, { Timestamp: '2026-01-06T10:00:00.000Z' }],
      [SIGNED_CONFIRMATION, { SubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=DeleteTopic' }],
      [SIGNED_CONFIRMATION, { Token: 'another' }],
    ]
    for (const [message, change] of changes)
      expect(await verifySns(envelopeOf({ ...message, ...change }), certificate)).toMatch(/not that of Amazon SNS/)
  })

  it('is asked for, in a version that there is', async ({ expect }) => {
    expect(await verifySns(envelopeOf({ ...SIGNED_NOTIFICATION, Signature: '' }), certificate)).toMatch(/missing/)
    expect(await verifySns(envelopeOf({ ...SIGNED_NOTIFICATION, Signature: 'no base64!' }), certificate)).not.toBeNull()
    expect(await verifySns(envelopeOf({ ...SIGNED_NOTIFICATION, SignatureVersion: '3' }), certificate)).toMatch(
      /SignatureVersion/,
    )
  })

  it('is checked with a certificate of SNS alone: any other address is never called', async ({ expect }) => {
    const fetchCertificate = vi.fn(certificate)
    for (const SigningCertURL of [
      'http://sns.eu-west-1.amazonaws.com/x.pem',
      'https://sns.eu-west-1.amazonaws.com/x.txt',
      'https://sns.eu-west-1.amazonaws.com.example.com/x.pem',
      'https://sns.eu-west-1.amazonaws.com@example.com/x.pem',
      'https://user@sns.eu-west-1.amazonaws.com/x.pem',
      'https://sns.eu-west-1.amazonaws.com:8443/x.pem',
      'https://sns.s3-us-west-2.amazonaws.com/x.pem',
      'https://example.com/sns.eu-west-1.amazonaws.com/x.pem',
      'no address',
      '',
    ])
      expect(await verifySns(envelopeOf({ ...SIGNED_NOTIFICATION, SigningCertURL }), fetchCertificate)).toMatch(
        /SigningCertURL/,
      )
    expect(fetchCertificate).not.toHaveBeenCalled()
  })

  it('fetches a certificate once', async ({ expect }) => {
    const fetchCertificate = vi.fn(certificate)
    const SigningCertURL = 'https://sns.cn-north-1.amazonaws.com.cn/once.pem'
    for (let delivery = 0; delivery < 3; delivery++)
      expect(await verifySns(envelopeOf({ ...SIGNED_NOTIFICATION, SigningCertURL }), fetchCertificate)).toBeNull()
    expect(fetchCertificate).toHaveBeenCalledTimes(1)
  })

  it('does not count where the certificate is none', async ({ expect }) => {
    const SigningCertURL = 'https://sns.eu-west-1.amazonaws.com/none.pem'
    const html = () => Promise.resolve('<html>Not found</html>')
    expect(await verifySns(envelopeOf({ ...SIGNED_NOTIFICATION, SigningCertURL }), html)).toMatch(/not a certificate/)
  })
})

describe('a request of Amazon SNS', () => {
  it('is checked in the casing of Lambda too', async ({ expect }) => {
    const { SigningCertURL, ...rest } = SIGNED_WITHOUT_SUBJECT
    const record = { EventSource: 'aws:sns', Sns: { ...rest, Subject: null, SigningCertUrl: SigningCertURL } }
    expect(await authenticateSns(requestOf({ Records: [record] }), certificate)).toBeNull()
    const forged = { ...record, Sns: { ...record.Sns, Message: 'All is well.' } }
    expect(await authenticateSns(requestOf({ Records: [record, forged] }), certificate)).not.toBeNull()
  })

  it('is taken without a signature where it has no envelope', async ({ expect }) => {
    const fetchCertificate = vi.fn(certificate)
    for (const body of ['The disk is full.', '{"AlarmName":"disk"}', '[]', ''])
      expect(await authenticateSns(requestOf(body), fetchCertificate)).toBeNull()
    expect(fetchCertificate).not.toHaveBeenCalled()
  })

  it('is neither taken nor refused for good while the certificate can not be had', async ({ expect }) => {
    const unreachable = () => Promise.reject(new Unverifiable('not now'))
    const SigningCertURL = 'https://sns.eu-west-1.amazonaws.com/unreachable.pem'
    const request = requestOf({ ...SIGNED_NOTIFICATION, SigningCertURL })
    await expect(authenticateSns(request, unreachable)).rejects.toThrow(Unverifiable)
    // What failed is not remembered.
    expect(await authenticateSns(request, certificate)).toBeNull()
  })
})

describe('fetching a certificate', () => {
  afterEach(() => vi.restoreAllMocks())

  it('follows no redirect', async ({ expect }) => {
    const fetch = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(CERTIFICATE))
    expect(await certificateFromSns(CERTIFICATE_URL)).toBe(CERTIFICATE)
    expect(fetch).toHaveBeenCalledWith(CERTIFICATE_URL, expect.objectContaining({ redirect: 'manual' }))
  })

  it('can fail for now, and reads no more than a certificate is long', async ({ expect }) => {
    const fetch = vi.spyOn(globalThis, 'fetch')
    const answers = [
      () => Promise.resolve(new Response('', { status: 500 })),
      () => Promise.resolve(new Response('', { status: 302, headers: { Location: 'https://example.com/' } })),
      () => Promise.resolve(new Response('x'.repeat(100_000))),
      () => Promise.reject(new TypeError('network')),
    ]
    for (const answer of answers) {
      fetch.mockImplementationOnce(answer)
      await expect(certificateFromSns(CERTIFICATE_URL)).rejects.toThrow(Unverifiable)
    }
  })
})

function envelopeOf(message: object): SnsEnvelope {
  const body = readSnsBody(requestOf(message))
  if (!('envelopes' in body) || !body.envelopes[0]) throw new Error('no envelope')
  return body.envelopes[0]
}
