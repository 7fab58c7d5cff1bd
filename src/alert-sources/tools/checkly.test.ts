import { describe, it } from 'vitest'
import { checkly } from './checkly.ts'
import { Unreadable } from './tool.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const alert = (alert_type: string) => ({ alert_type, check_id: 'c-1', check_name: 'Checkout', title: 'Checkout' })

describe('Checkly', () => {
  it('opens with a failure or degradation and resolves with the recovery from either', ({ expect }) => {
    for (const code of ['ALERT_FAILURE', 'ALERT_FAILURE_REMAIN', 'ALERT_DEGRADED_FAILURE'])
      expect(readOne(checkly, alert(code))).toMatchObject({ type: 'ALERT', key: 'c-1', severity: 'failure' })
    for (const code of ['ALERT_DEGRADED', 'ALERT_DEGRADED_REMAIN', 'ALERT_FAILURE_DEGRADED'])
      expect(readOne(checkly, alert(code))).toMatchObject({ type: 'ALERT', key: 'c-1', severity: 'degraded' })
    for (const code of ['ALERT_RECOVERY', 'ALERT_DEGRADED_RECOVERY'])
      expect(readOne(checkly, alert(code))).toMatchObject({ type: 'RESOLVE', key: 'c-1' })
  })

  it('keeps a certificate apart, so that a recovery does not resolve it', ({ expect }) => {
    const ssl = readOne(checkly, { ...alert('ALERT_SSL'), ssl_domain: 'example.com', ssl_days: '7' })
    expect(ssl).toMatchObject({ type: 'ALERT', details: 'example.com: 7 days left' })
    expect(ssl.key).not.toBe(readOne(checkly, alert('ALERT_RECOVERY')).key)
  })

  it('reads what Handlebars made of a text: entities, and line breaks as they are', ({ expect }) => {
    const body =
      '{"alert_type": "ALERT_FAILURE", "check_id": "c-1", "title": "Check &quot;Shop&quot; has failed", "error": "one\ntwo &lt;b&gt; &amp;lt;"}'
    expect(readOne(checkly, body)).toMatchObject({
      ...{ summary: 'Check "Shop" has failed', details: 'one two <b> &lt;' },
    })
  })

  it('takes the variables under their own names', ({ expect }) => {
    const body = { ALERT_TYPE: 'ALERT_FAILURE', CHECK_ID: 'c-1', ALERT_TITLE: 'Failed', CHECK_NAME: 'Checkout' }
    expect(readOne(checkly, body)).toMatchObject({ key: 'c-1', summary: 'Failed' })
  })

  it('opens nothing for what is no alert, and refuses what says nothing', ({ expect }) => {
    expect(checkly.read(requestOf(alert('NO_ALERT'))).events).toEqual([])
    expect(() => readOne(checkly, { title: 'x' })).toThrow(Unreadable)
    expect(() => readOne(checkly, { alert_type: '{{ALERT_TYPE}}' })).toThrow(Unreadable)
  })

  it('is signed with the webhook secret', async ({ expect }) => {
    // printf '%s' "$body" | openssl dgst -sha256 -hmac secret
    const signature = '3b73c272126ba7f78ee1894c9706e5ee2a5554aa82ae43afcaf091d835067661'
    const request = requestOf('{"alert_type":"ALERT_FAILURE"}', { headers: { 'x-checkly-signature': signature } })
    expect(await checkly.signature?.verify(request, 'secret')).toBe(true)
    expect(await checkly.signature?.verify(request, 'other')).toBe(false)
  })
})
