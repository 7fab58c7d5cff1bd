import { describe, it } from 'vitest'
import { twiml } from './twiml.ts'

describe('an answer to Twilio', () => {
  it('is XML, whatever it says', async ({ expect }) => {
    const answer = twiml('R&D: </Message><Redirect>x')
    expect(answer.headers.get('Content-Type')).toContain('text/xml')
    expect(await answer.text()).toContain('<Message>R&amp;D: &lt;/Message&gt;&lt;Redirect&gt;x</Message>')
  })

  it('may be none', async ({ expect }) => {
    expect(await twiml(null).text()).toMatch(/<Response><\/Response>$/)
  })
})
