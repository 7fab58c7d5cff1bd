import { describe, expect, it } from 'vitest'
import { Unreadable } from './tool.ts'
import { parseJson, parseXml, readForm, toolRequest } from './tool-request.ts'

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

describe('a request', () => {
  const request = toolRequest({ method: 'POST', headers: { 'x-name': 'v' }, query: { q: '1' }, body: '{"a": 1}' })

  it('has headers under any case, and only those that came', () => {
    expect(request.header('X-Name')).toBe('v')
    expect(request.header('constructor')).toBeNull()
    expect(request.header('x-other')).toBeNull()
  })

  it('has its body and query as payloads', () => {
    expect(request.json().text('a')).toBe('1')
    expect(request.query.text('q')).toBe('1')
    expect(request.form().names()).toEqual([])
  })
})

describe('JSON', () => {
  it.each(['', 'x', '{', '{a: 1}', 'undefined'])('is not %j', (text) => {
    expect(() => parseJson(text)).toThrow(new Unreadable('The body is not valid JSON.'))
  })

  it.each(['null', '1', '"text"', 'true'])('must be an object or a list, not %s', (text) => {
    expect(() => parseJson(text)).toThrow(/must be a JSON object/)
  })

  it('may be nested as deep as a tool nests, and no deeper', () => {
    expect(parseJson(nested(32)).isObject()).toBe(true)
    for (const levels of [34, 10_000, 100_000]) expect(() => parseJson(nested(levels))).toThrow(/nested deeper/)
  })

  it('may begin with a byte order mark', () => {
    expect(parseJson('\uFEFF{"a": 1}').text('a')).toBe('1')
    expect(() => parseJson('\uFEFF')).toThrow(Unreadable)
  })

  it('loses what could pass for a prototype, at every level', () => {
    const { value } = parseJson('{"a": [{"__proto__": {"polluted": true}, "b": 1}], "__proto__": 2}')
    expect(JSON.stringify(value)).toBe('{"a":[{"b":1}]}')
    expect(Object.assign({}, value)).not.toHaveProperty('polluted')
  })
})

describe('XML', () => {
  it('is read as nested texts, with attributes', () => {
    const xml = parseXml('<?xml version="1.0"?><event><entry key="A">1</entry><entry key="B"> 2 </entry></event>')
    expect(xml.list('event', 'entry').map((entry) => [entry.text('@key'), entry.text('#text')])).toEqual([
      ['A', '1'],
      ['B', '2'],
    ])
    expect(parseXml('<a><b>007</b></a>').text('a', 'b')).toBe('007')
  })

  it('has references to characters, by name and number, and CDATA', () => {
    const xml = parseXml('<a b="&quot;">&lt;&amp;&#252;&#x1F525; &amp;lt;</a>')
    expect([xml.text('a', '@b'), xml.text('a', '#text')]).toEqual(['"', '<&ü🔥 &lt;'])
    expect(parseXml('<a><![CDATA[<b>&amp;]]></a>').text('a')).toBe('<b>&amp;')
  })

  it.each(['', 'text', '<a>', '<a></b>', '<a', '{"a": 1}', '<a><__proto__>1</__proto__></a>'])('is not %j', (text) => {
    expect(() => parseXml(text)).toThrow(new Unreadable('The body is not valid XML.'))
  })

  it.each([
    ['a bomb', `<!DOCTYPE a [${'<!ENTITY b "&c;&c;">'.repeat(9)}]><a>&b;</a>`],
    ['a file', '<?xml version="1.0"?>\n<!doctype a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
    ['one behind a comment', '<!-- <![CDATA[ --><!DOCTYPE a [<!ENTITY b "c">]><!-- ]]> --><a>&b;</a>'],
    ['one behind an instruction', '<?x <!-- ?><!DOCTYPE a [<!ENTITY b "c">]><?x --> ?><a>&b;</a>'],
    ['one within an element', '<a><!DOCTYPE a [<!ENTITY b "c">]>&b;</a>'],
  ])('declares no entities: %s', (_, text) => {
    expect(() => parseXml(text)).toThrow(/must not declare/)
  })

  it('may quote a page that declares its type', () => {
    const page = '<!DOCTYPE html><html>502 Bad Gateway</html>'
    expect(parseXml(`<a><b><![CDATA[${page}]]></b><!-- <!DOCTYPE x> --></a>`).text('a', 'b')).toBe(page)
    expect(parseXml('<a>&lt;!DOCTYPE html&gt;</a>').text('a')).toBe('<!DOCTYPE html>')
  })

  it('leaves an entity that nobody declared as it is', () => {
    expect(parseXml('<a>&nobody;</a>').text('a')).toBe('&nobody;')
  })

  it('may be nested as deep as a tool nests, and no deeper', () => {
    const deep = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels)
    expect(parseXml(deep(30)).isObject()).toBe(true)
    for (const levels of [40, 10_000]) expect(() => parseXml(deep(levels))).toThrow(Unreadable)
  })
})

describe('a form', () => {
  const multipart = [
    '--b',
    'Content-Disposition: form-data; name="data"',
    '',
    '{"ü": 1}',
    '--b',
    'Content-Disposition: form-data; name="file"; filename="x.txt"',
    'Content-Type: text/plain',
    '',
    'x',
    '--b--',
    '',
  ].join('\r\n')

  it('has its fields, without files', async () => {
    expect(await readForm('a=1&b=x%20y+z', 'application/x-www-form-urlencoded')).toEqual({ a: '1', b: 'x y z' })
    expect(await readForm(multipart, 'multipart/form-data; boundary=b')).toEqual({ data: '{"ü": 1}' })
  })

  it.each([
    ['{"a": 1}', 'application/json'],
    ['a=1', null],
    ['a=1', 'text/plain'],
    [multipart, 'multipart/form-data'],
    [multipart.slice(0, 60), 'multipart/form-data; boundary=b'],
    [multipart, 'multipart/form-data; boundary=other'],
  ])('has none of %j as %s', async (body, contentType) => {
    expect(await readForm(body, contentType)).toEqual({})
  })

  it('has a bounded number of fields', async () => {
    const body = Array.from({ length: 5000 }, (_, number) => `f${number}=1`).join('&')
    expect(Object.keys(await readForm(body, 'application/x-www-form-urlencoded'))).toHaveLength(200)
  })
})
