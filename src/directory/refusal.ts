/** What programs read to tell refusals apart; `src/api/errors.ts` has the status of each. */
export type RefusalCode =
  | 'BAD_REQUEST'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'LIMIT_EXCEEDED'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'UNAVAILABLE'
  | 'ALREADY_ACCEPTED'
  | 'ALREADY_RESOLVED'
  | 'NOBODY_TO_ESCALATE_TO'
  | 'NO_SUCH_LEVEL'
  | 'NOT_POSSIBLE'

/** Something that was asked for and is not done. The message says what was wrong and what to change, for the person who asked. */
export class Refusal extends Error {
  readonly code: RefusalCode
  /** The field that was wrong, such as `escalationRules[0].users[1].id`. */
  readonly field: string | undefined

  constructor(code: RefusalCode, message: string, field?: string) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.field = field
  }
}
