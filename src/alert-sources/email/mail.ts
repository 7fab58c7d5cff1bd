/** A mail to an alert source, parsed and bounded; HTML is reduced to text. */
export interface InboundMail {
  /** The envelope's sender; empty for a bounce. */
  envelopeFrom: string
  /** Address of the From header. */
  from: string
  fromName: string | null
  /** Of the To header, with integration keys masked. */
  to: string[]
  /** The part after `+` in the recipient's address; null: none. */
  subaddress: string | null
  subject: string
  /** The text; of a reply only what is new. */
  text: string
  /** Without its angle brackets, as the other ids here. Null: some tools send none. */
  messageId: string | null
  inReplyTo: string | null
  /** Of the References header, oldest first. */
  references: string[]
  /** Why it must not open an incident, such as an automatic reply or a bounce; null: nothing speaks against it. */
  automatic: string | null
  /** `bytes` null: of a very large mail not all is read. */
  attachments: { name: string; type: string; bytes: number | null }[]
}

export type MailField = 'EMAIL_FROM' | 'EMAIL_SUBJECT' | 'EMAIL_BODY'

/** One condition on a mail; iLert's v1 `emailPredicates`. */
export interface MailPredicate {
  field: MailField
  criteria:
    | 'CONTAINS_ANY_WORDS'
    | 'CONTAINS_NOT_WORDS'
    | 'CONTAINS_STRING'
    | 'CONTAINS_NOT_STRING'
    | 'IS_STRING'
    | 'IS_NOT_STRING'
    | 'MATCHES_REGEX'
    | 'MATCHES_NOT_REGEX'
  value: string
}

/** Where in a mail the incident key is; iLert's v1 `resolveKeyExtractor`. */
export interface MailKeyExtractor {
  field: MailField
  /** `MATCHES_REGEX`: the first group, or all that matches. */
  criteria: 'ALL_TEXT_BEFORE' | 'ALL_TEXT_AFTER' | 'MATCHES_REGEX'
  value: string
}

/** How a source reads its mails. */
export interface MailSettings {
  /** Only mails that pass are taken; none: all. */
  predicates: MailPredicate[]
  operator: 'AND' | 'OR'
  /** Mails that pass resolve; none: no mail does. */
  resolvePredicates: MailPredicate[]
  resolveOperator: 'AND' | 'OR'
  /** Null: the subject (or the thread) makes it the same problem. */
  keyExtractor: MailKeyExtractor | null
}
