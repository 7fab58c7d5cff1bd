/** A text message to an alert source. */
export interface InboundSms {
  /** E.164 */
  from: string
  to: string
  /** Without the keyword that named the source. */
  text: string
  /** The carrier's id of the message: the same when it is delivered again. */
  messageId: string
}

/** How a source takes text messages. */
export interface SmsSettings {
  /** The carrier's number that people write to, E.164. */
  number: string
  /** The first word that names this source on a number shared with others; null: it takes what no keyword names. */
  keyword: string | null
  /** Only these may write, E.164; empty: anybody. */
  allowed: string[]
}
