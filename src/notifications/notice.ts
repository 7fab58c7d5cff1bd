/**
 * Something that a user should know and that is no incident: a shift that begins, an override of theirs, a colleague who
 * asks for cover. It is told once, through the contacts of their on-call preferences, and needs no answer.
 */
export interface Notice {
  /** Names what it tells, such as `override-17-made`: the same news told again is not told twice. */
  id: string
  /** One line: the subject of a mail, the title of a push. */
  title: string
  /** A few lines of plain text. An SMS has as much of title and text as fits. */
  text: string
  /** Where the dashboard shows it, such as `/schedules/3`. */
  path: string
  /** The user asked for it and watches what becomes of it, as of a test: that is remembered, and no other contact is tried. */
  followed?: true
  /** From then on it says nothing useful any more and is not sent, in epoch ms. */
  expiresAt: number
}
