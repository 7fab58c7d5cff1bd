import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { NoticeTarget } from './model.ts'
import type { NoticeState } from './notices.ts'
import * as notices from './notices.ts'
import { BUSY, CLAIM_LEASE, MINUTE, NO_SUCH_NUMBER, NOON, SECOND, SENT } from './paging.fixtures.ts'
import type { Delivery } from './sending.ts'

const ANN = { user: { userId: 1, name: 'Ann', language: 'en' as const }, devices: [] }
const HOUR = 60 * MINUTE
const PHONE: NoticeTarget = { channel: 'SMS', target: '+15550001' }
const MAILBOX: NoticeTarget = { channel: 'EMAIL', target: 'ann@work.example.com' }
const OWN = 'ann@example.com'

/** A notice for Ann with a clock, and with what her Pager does around the rules. */
class NoticeStory {
  state: NoticeState
  now = NOON
  #consumers = 0

  constructor(targets: NoticeTarget[], expiresAt = NOON + HOUR) {
    const notice = { id: 'override-17-made', title: 'News', text: 'Text', path: '/schedules/3', expiresAt }
    this.state = notices.startNotice(notice, 1, targets, OWN, this.now)
  }

  /** Where what is due now goes to. */
  goesTo(): string[] {
    const { state, queue } = notices.takeDue(this.state, this.now)
    this.state = state
    return queue.map((id) => notices.outgoing(state, id, ANN)?.target ?? '')
  }

  pass(ms: number): this {
    this.now += ms
    return this
  }

  messageTo(target: string): string {
    return this.state.messages.find((each) => each.target === target)?.id ?? ''
  }

  claims(target: string, consumer = `consumer ${++this.#consumers}`): string | null {
    const id = this.messageTo(target)
    const refused = notices.refusal(this.state, id, consumer, this.now)
    if (refused === null) this.state = notices.claim(this.state, id, consumer, this.now)
    return refused
  }

  carrierSays(target: string, delivery: Delivery): this {
    if (this.claims(target) !== null) throw new Error(`The message to ${target} can not be claimed`)
    this.state = notices.settle(this.state, this.messageTo(target), delivery, this.now)
    return this
  }

  get due() {
    return notices.noticeDue(this.state)
  }
}

describe('a notice', () => {
  it('goes to each contact once, at once', ({ expect }) => {
    const story = new NoticeStory([PHONE, MAILBOX, PHONE])
    expect(story.goesTo()).toEqual([PHONE.target, MAILBOX.target])
    expect(story.goesTo()).toEqual([])
    story.carrierSays(PHONE.target, SENT).carrierSays(MAILBOX.target, SENT)
    expect(story.due).toBeNull()
  })

  it('goes to the own address of who chose no contact', ({ expect }) => {
    expect(new NoticeStory([]).goesTo()).toEqual([OWN])
  })

  it('goes to the own address when every contact has failed, and then nowhere', ({ expect }) => {
    const story = new NoticeStory([PHONE, MAILBOX])
    story.goesTo()
    story.carrierSays(PHONE.target, NO_SUCH_NUMBER)
    expect(story.goesTo()).toEqual([])
    story.carrierSays(MAILBOX.target, NO_SUCH_NUMBER)
    expect(story.goesTo()).toEqual([OWN])
    story.carrierSays(OWN, NO_SUCH_NUMBER)
    expect(story.due).toBeNull()
    expect(notices.hasFailed(story.state)).toBe(true)
  })

  it('is not sent to the own address too when one contact has it', ({ expect }) => {
    const story = new NoticeStory([PHONE, MAILBOX])
    story.goesTo()
    story.carrierSays(PHONE.target, SENT).carrierSays(MAILBOX.target, NO_SUCH_NUMBER)
    expect(story.due).toBeNull()
    expect(notices.hasFailed(story.state)).toBe(false)
  })

  it('is tried again after a passing fault, later each time, and not for ever', ({ expect }) => {
    const story = new NoticeStory([{ channel: 'EMAIL', target: OWN }], NOON + 24 * HOUR)
    const waits: number[] = []
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(story.goesTo()).toEqual([OWN])
      story.carrierSays(OWN, BUSY)
      if (story.due !== null) waits.push(story.due - story.now)
      story.now = story.due ?? story.now
    }
    expect(waits).toEqual([15, 30, 60, 120].map((seconds) => seconds * SECOND))
    expect(story.due).toBeNull()
  })

  it('is queued again when queue or consumer have lost it', ({ expect }) => {
    const story = new NoticeStory([PHONE])
    story.goesTo()
    expect(story.pass(CLAIM_LEASE).goesTo()).toEqual([PHONE.target])
    story.claims(PHONE.target)
    expect(story.pass(CLAIM_LEASE).goesTo()).toEqual([PHONE.target])
  })

  it('is claimed by one consumer at a time, who may ask again', ({ expect }) => {
    const story = new NoticeStory([PHONE])
    story.goesTo()
    expect(story.claims(PHONE.target, 'a')).toBeNull()
    expect(story.claims(PHONE.target, 'b')).toBe('it is claimed already')
    expect(story.claims(PHONE.target, 'a')).toBeNull()
  })

  it('is not sent once it says nothing useful any more', ({ expect }) => {
    const story = new NoticeStory([PHONE], NOON + MINUTE)
    story.goesTo()
    story.pass(MINUTE)
    expect(story.claims(PHONE.target)).toBe('it says nothing useful any more')
    expect(story.goesTo()).toEqual([])
    expect(story.due).toBeNull()
  })

  it('ends, whatever carriers say and consumers lose', ({ expect }) => {
    const said = fc.constantFrom(SENT, BUSY, NO_SUCH_NUMBER, 'lost' as const)
    fc.assert(
      fc.property(fc.array(said, { minLength: 40, maxLength: 40 }), (answers) => {
        const story = new NoticeStory([PHONE, MAILBOX], NOON + 24 * HOUR)
        for (const answer of answers) {
          if (story.due === null) break
          story.now = Math.max(story.now, story.due)
          for (const target of story.goesTo()) {
            if (answer === 'lost') story.claims(target)
            else story.carrierSays(target, answer)
          }
        }
        expect(story.due).toBeNull()
      }),
    )
  })

  it('has messages that are told apart from those of pages', ({ expect }) => {
    const story = new NoticeStory([PHONE])
    expect(notices.noticeOf(story.messageTo(PHONE.target))).toBe('override-17-made')
    expect(notices.noticeOf('42-1-1-0')).toBeNull()
  })
})
