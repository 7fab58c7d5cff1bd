import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { SandboxMessage } from '../../../src/api/schemas/sandbox.ts'
import { SANDBOX_CARRIER_NAME } from '../../../src/sandbox.ts'
import type { Api } from './api.ts'
import { settle } from './settle.ts'

type Method = SandboxMessage['method']
type Delivered = SandboxMessage & { deliveries: number }

/**
 * The simulated carrier's side of a test: what came out is either expected or fails the test. A message is expected once;
 * what is left at the end is a message nobody expected.
 */
export class Carrier {
  readonly #api: Api
  readonly #expected = new Set<string>()

  constructor(api: Api) {
    this.#api = api
  }

  /** The oldest message not expected yet that fits; fails with what there is instead. */
  async expect(userId: number, method: Method, text: string): Promise<ReceivedMessage> {
    await settle()
    const waiting = await this.#unexpected()
    const message = waiting.find((each) => each.user.id === userId && each.method === method && says(each, text))
    if (!message) {
      throw new Error(
        `Expected ${method} to user ${userId} saying "${text}", but ${waiting.length ? `there is only:\n${waiting.map(show).join('\n')}` : 'nothing came'}`,
      )
    }
    this.#expected.add(message.id)
    return new ReceivedMessage(message, this.#api)
  }

  /** Nothing more has come than what was expected, and nothing twice. */
  async expectSilence(): Promise<void> {
    await settle()
    expect((await this.#unexpected()).map(show), 'messages that nobody expected').toEqual([])
    expect(
      (await this.#sent()).filter(({ deliveries }) => deliveries > 1).map(show),
      'messages delivered twice',
    ).toEqual([])
  }

  /** Lets whatever came so far be. */
  async ignore(): Promise<void> {
    await settle()
    for (const { id } of await this.#sent()) this.#expected.add(id)
  }

  async #unexpected(): Promise<Delivered[]> {
    return (await this.#sent()).filter(({ id }) => !this.#expected.has(id))
  }

  /** Oldest first. Answers to replies are looked at where the reply is made. */
  async #sent(): Promise<Delivered[]> {
    const carrier = env.SANDBOX_CARRIER.getByName(SANDBOX_CARRIER_NAME)
    const messages: Delivered[] = await carrier.messages({ user: null, after: null, limit: 10_000 })
    return messages.filter(({ notificationId }) => notificationId !== null).reverse()
  }
}

/** A message on somebody's phone or in their mailbox. */
export class ReceivedMessage {
  readonly message: SandboxMessage
  readonly #api: Api

  constructor(message: SandboxMessage, api: Api) {
    this.message = message
    this.#api = api
  }

  /** Answers by text and checks what comes back. */
  async reply(text: string, answer: string): Promise<void> {
    await this.#answer({ text }, answer)
  }

  /** Presses a digit in the call. */
  async press(digit: string, answer: string): Promise<void> {
    await this.#answer({ digit }, answer)
  }

  /** Taps a button of the push. */
  async tap(action: 'accept' | 'resolve' | 'escalate', answer: string): Promise<void> {
    await this.#answer({ action }, answer)
  }

  /** Opens a link of the mail, looks at its page, and presses the button there. */
  async follow(action: 'accept' | 'resolve' | 'escalate', answer: string): Promise<void> {
    const url = this.message.actions.find((offered) => offered.action === action)?.url ?? ''
    const page = await this.#api.raw('GET', url)
    expect(page.status).toBe(200)
    const acted = await this.#api.raw('POST', url)
    expect(await acted.text()).toContain(answer)
    await settle()
  }

  async #answer(reply: object, expected: string): Promise<void> {
    const { answer } = await this.#api.post<{ answer: string }>(`/sandbox/messages/${this.message.id}/reply`, reply)
    expect(answer).toContain(expected)
    await settle()
  }
}

function says({ text, subject }: SandboxMessage, part: string): boolean {
  return `${subject ?? ''}\n${text}`.includes(part)
}

function show({ method, target, text, timestamp }: SandboxMessage): string {
  return `${timestamp} ${method} to ${target}: ${text.split('\n', 1)[0]}`
}
