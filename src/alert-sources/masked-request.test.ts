import { describe, it } from 'vitest'
import { LIMITS } from '../limits.ts'
import { maskedRequest } from './masked-request.ts'

const KEY = 'aeaaaaabaaa2zq5wlqrbcqq7k3xjvw5y'

function masked(given: Partial<Parameters<typeof maskedRequest>[0]>) {
  return maskedRequest({ via: 'json', method: 'POST', headers: {}, query: {}, body: '', ...given })
}

describe('a request in the log', () => {
  it.for([
    [`{"routing_key":"${KEY}","event_action":"trigger"}`, '{"routing_key":"***","event_action":"trigger"}'],
    [
      '{"apiKey": "abc", "a": {"dbPassword":"x\\"y"}, "b": "kept"}',
      '{"apiKey":"***","a":{"dbPassword":"***"},"b":"kept"}',
    ],
    ['{"a": "kept",  "b": [1.0]}', '{"a": "kept",  "b": [1.0]}'],
    ['token=abc&summary=Disk+full&api-key=def', 'token=***&summary=Disk+full&api-key=***'],
    [`<event><apiKey>${KEY}</apiKey><payload/></event>`, '<event><apiKey>***</apiKey><payload/></event>'],
    [`see https://x.example.com/events/${KEY}?a=1`, 'see https://x.example.com/events/***?a=1'],
  ])('has no credentials: %s', ([body = '', shown], { expect }) => {
    expect(masked({ body }).body).toBe(shown)
  })

  it.for([
    ['under a name in JSON', '{"clientSecret":"SECRET"}'],
    ['as a number', '{"pin_token":4711}'],
    ['in a list', '{"tokens":["SECRET"]}'],
    ['in an object', '{"credentials":{"user":"ann","pass":"SECRET"}}'],
    ['in the JSON of a message', JSON.stringify({ Message: JSON.stringify({ a: { password: 'SECRET' } }) })],
    ['spelt twice', '{"password":"SECRET","password":null}'],
    ['after a word', '{"note":"Bearer SECRETSECRET"}'],
    ['in JSON that is cut', '{"a":1,"password":"SECRET'],
    ['in JSON that is cut, after a quote', '{"a":1,"password":"x\\"SECRET'],
    ['as a number in JSON that is cut', '{"access_token":4711,"a":'],
    ['in an object of JSON that is cut', '{"secret":{"a":{"b":1},"c":"SECRET"},"d":'],
    ['in quoted JSON that is cut', '{"Message":"{\\"password\\":\\"SECRET\\",\\"a\\":1'],
    ['in quoted JSON that is cut, after a quote', '{"Message":"{\\"password\\":\\"x\\\\\\"SECRET\\",\\"a\\":1'],
    ['in an attribute', '<event apiKey="SECRET" a="1"/>'],
    ['in an attribute after spaces', "<event password = 'my SECRET'/>"],
    ['in an element with attributes', '<x:password type="text">SECRET</x:password>'],
    ['in CDATA', '<password>\n<![CDATA[a]SECRET]]></password>'],
    ['in a form', 'password=my+SECRET&a=1'],
    ['in the JSON of a form', new URLSearchParams({ payload: '{"token":"SECRET"}', a: '1' }).toString()],
    ['in multipart', '--b\r\nContent-Disposition: form-data; name="api_key"\r\n\r\nSECRET\r\n--b--'],
    [
      'in lines of multipart',
      '--b\r\nContent-Disposition: form-data; name="token"; filename="t"\r\nContent-Type: text/plain\r\n\r\na\r\nSECRET\r\n--b--',
    ],
    ['in an address', 'see https://ann:SECRET@example.com/x now'],
    ['in the query of an address', '{"url":"https://example.com/x?a=1&access_token=SECRET"}'],
    ['in a header', 'Authorization: Bearer SECRETSECRET\nA: 1'],
    ['in a header of another kind', 'Authorization: Token SECRET\nA: 1'],
    ['in YAML', 'a: 1\npassword: "SECRET of mine"\n'],
  ])('has none %s', ([, body = ''], { expect }) => {
    const shown = masked({ body }).body
    expect(decodeURIComponent(shown)).not.toMatch(/SECRET|4711/)
    expect(shown).toContain('***')
  })

  it('has no integration key, wherever it is', ({ expect }) => {
    for (const body of [
      `{"a":["x${KEY.toUpperCase()}y"]}`,
      `{"${KEY}":1}`,
      `{"a":"\\n${KEY}`,
      `a=${KEY}`,
      `${'x'.repeat(LIMITS.loggedPayloadCharacters - 20)}${KEY}`,
    ]) {
      expect(masked({ body }).body.toLowerCase()).not.toContain(KEY.slice(0, 10))
    }
  })

  it('keeps what is only like a credential', ({ expect }) => {
    const body =
      '{"tokens":5,"token":null,"tokens_used":"7","signature":"ET SCAN","id":"d41d2222d41d2222d41d2222d41d2222"}'
    expect(masked({ body }).body).toBe(body)
  })

  it('shows few headers and no secret of the query', ({ expect }) => {
    const { headers, query } = masked({
      headers: { 'content-type': 'application/json', 'x-gitlab-token': 'abc', 'x-custom': '1' },
      query: { token: 'abc', summary: 'Disk full', payload: '{"password":"abc"}' },
    })
    expect(headers).toEqual({ 'content-type': 'application/json' })
    expect(query).toEqual({ token: '***', summary: 'Disk full', payload: '{"password":"***"}' })
  })

  it.for([
    ['a word', `"${'secret'.repeat(90_000)}`],
    ['words', 'a-'.repeat(260_000)],
    ['quotes', '"a'.repeat(260_000)],
    ['names', '"token" '.repeat(65_000)],
    ['elements', '<token '.repeat(75_000)],
    ['fields', 'name="token"\n\n'.repeat(37_000)],
    ['addresses', 'a://a'.repeat(100_000)],
    ['spaces', `token${' '.repeat(500_000)}`],
    ['lists', '['.repeat(520_000)],
    ['lists of names', '{"a":'.repeat(100_000)],
    ['backslashes', `\\"token\\":\\"${'\\'.repeat(500_000)}`],
    ['equals signs', 'token='.repeat(87_000)],
  ])('is cut where it is long, in the time of one look: %s', ([, body = ''], { expect }) => {
    expect(masked({ body }).body.length).toBeLessThanOrEqual(LIMITS.loggedPayloadCharacters)
  })
})
