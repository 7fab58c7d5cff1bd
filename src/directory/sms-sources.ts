import { desc, eq, inArray } from 'drizzle-orm'
import type { InboundSms } from '../alert-sources/sms/sms.ts'
import { mayWrite } from '../alert-sources/sms/sms-events.ts'
import type { Env } from '../env.ts'
import { database } from './database.ts'
import { alertSources } from './schema.ts'

export interface SmsDestination {
  /** Whose message it is, and its text without the keyword that says so; null: nobody's. */
  source: { sourceId: number; text: string } | null
  /**
   * Whether its sender may be answered: not where every source concerned keeps a list of who may write and this number is
   * on none. Each answer costs, and numbers are made to earn by it.
   */
  answerable: boolean
}

/** The alert source of a text message: by its number, and by its first word where several share the number. */
export async function findSmsSource(env: Env, { from, to, text }: InboundSms): Promise<SmsDestination> {
  const { id, smsKeyword, smsAllowed } = alertSources
  const { keyword, rest } = splitKeyword(text)
  const sources = await database(env)
    .select({ sourceId: id, keyword: smsKeyword, allowed: smsAllowed })
    .from(alertSources)
    .where(eq(alertSources.smsNumber, to))
    // However many share the number, those that it can be are among them.
    .orderBy(desc(inArray(smsKeyword, ['', keyword])))
    .limit(SOURCES)
  const named = sources.find((source) => source.keyword === keyword && keyword !== '')
  const source = named ?? sources.find((source) => !source.keyword)
  const concerned = source ? [source] : sources
  return {
    source: source ? { sourceId: source.sourceId, text: named ? rest : text } : null,
    answerable: concerned.length === 0 || concerned.some(({ allowed }) => mayWrite(from, allowed)),
  }
}

const SOURCES = 100

/** `Ops: disk full` and `OPS disk full` both name OPS. */
function splitKeyword(text: string): { keyword: string; rest: string } {
  const trimmed = text.trim()
  const [word = ''] = trimmed.split(/\s/, 1)
  return { keyword: word.replace(/[:,.!]+$/, '').toUpperCase(), rest: trimmed.slice(word.length).trim() }
}
