import type { EventType, Priority } from '../event.ts'
import type { Payload } from './payload.ts'

/**
 * A tool that reports to Tocsin. One file in this folder declares it, one line in `index.ts` registers it, and from that
 * follow its address `/api/v1/events/<id>/<key>`, the API's enum, the gallery, the steps of its set-up and its page of
 * the docs. `contract.test.ts` runs against all of them.
 */
export interface Tool {
  /** The address's segment and, in upper case, the API's integrationType. Lower case with hyphens. */
  id: string
  /** Other segments that real clients use for the same format, such as iLert's. */
  otherIds?: string[]
  /** As its makers write it. */
  name: string
  category: ToolCategory
  /** What else people would search for. */
  keywords?: string[]
  /** What the tool's reports do to incidents: some never say that a problem is over. */
  resolves: boolean
  /** One sentence for the gallery and the docs. */
  about: string
  /** Markdown steps of its set-up; snippets hold the real address and key. */
  setup(address: ToolAddress): SetupStep[]
  /** Pure. Throws `Unreadable` where the request is not what the tool sends. */
  read(request: ToolRequest): Reading
  /** Where the sender signs. The source's signing secret is checked only where one was set. */
  signature?: Signature
  /**
   * Where the sender proves without a shared secret that it is the sender: why the request is refused, or null. May fetch;
   * throws `Unverifiable`. Called once the integration key is found good, before anything is kept.
   */
  authenticate?(request: ToolRequest): Promise<string | null>
  /** Takes a GET too, with everything in its query; otherwise only what has a body is taken. */
  acceptsGet?: boolean
  /**
   * Its client was made for iLert's answer to an ACCEPT or RESOLVE with nothing open, a 400 with a code. Other clients would
   * take that for a failure of ours and complain about it, so they get a 2xx that says so.
   */
  expectsKeyErrors?: boolean
  /** A request such as the tool sends, for the test button, the docs and the contract test. `read` gives at least one ALERT of it. */
  sample: { body: string; headers?: Record<string, string>; query?: Record<string, string> }
}

export type ToolCategory =
  | 'metrics'
  | 'uptime'
  | 'logs'
  | 'errors'
  | 'cloud'
  | 'infrastructure'
  | 'development'
  | 'other'

export interface ToolAddress {
  /** `https://tocsin.example.com/api/v1/events/<id>/<key>` */
  url: string
  /** `https://tocsin.example.com` */
  origin: string
  key: string
}

export interface SetupStep {
  /** One or two sentences of Markdown (bold, `code`, links); no headings or lists. */
  text: string
  snippet?: { language: 'yaml' | 'json' | 'shell' | 'hcl' | 'text' | 'xml' | 'ini'; code: string; caption?: string }
}

/** A request as a tool's reader sees it. */
export interface ToolRequest {
  method: string
  /** When it came in, in milliseconds since the epoch: a reader is pure and has no clock. */
  receivedAt: number
  /** By lower-case name. */
  header(name: string): string | null
  query: Payload
  /** The raw body. */
  body: string
  /** The body as JSON. Throws `Unreadable` where it is none, or is neither object nor list. */
  json(): Payload
  /** The fields of a body of `application/x-www-form-urlencoded` or `multipart/form-data`; of any other, none. */
  form(): Payload
}

/** What a request says. */
export interface Reading {
  events: ToolEvent[]
  /** Where there are none: why, as the event log shows it. Such requests are answered with success. */
  ignored?: string
  /** The sender wants its address confirmed by a GET there (SNS). The reader has already checked the host. */
  confirm?: string
}

/** One event as a tool's reader gives it: loose. `normalise.ts` bounds and cleans it. */
export interface ToolEvent {
  type: EventType
  /** What makes it the same problem: the same for the problem and its end. Null: the tool sends nothing of the kind. */
  key: string | null
  /** May be empty for RESOLVE and ACCEPT. Markup is removed, white space is folded. */
  summary: string
  details?: string | null
  priority?: Priority | null
  /** As sent, such as "critical", "Sev3" or "P1"; becomes the label `severity`, and a level by `severity.ts`. */
  severity?: string | null
  /** From 1 (worst) to 5, where `severity.ts` does not know the tool's own words. */
  severityLevel?: number | null
  /** As with images and labels, what is null is left out: a reader names what the tool may send. */
  links?: { href: string | null; text?: string | null }[]
  images?: { src: string | null; href?: string | null; alt?: string | null }[]
  labels?: Record<string, string | null | undefined>
  comments?: { creator: string; content: string }[]
  /** What templates and rules see as `payload`, and the incident shows as its details; the whole request if absent. */
  payload?: unknown
}

/** How a sender signs. */
export interface Signature {
  /** What the tool calls the secret, such as "Client Secret". */
  secretName: string
  /** Whether the request was signed with the secret. Compares in constant time. */
  verify(request: ToolRequest, secret: string): Promise<boolean>
}

/** Whether the sender is the sender can't be found out now. Answered with 503, so that it sends again. */
export class Unverifiable extends Error {}

/** The request is not what this tool sends; `message` says what was expected and what to change. Answered with 400. */
export class Unreadable extends Error {
  readonly field: string | null

  constructor(message: string, field: string | null = null) {
    super(message)
    this.field = field
  }
}
