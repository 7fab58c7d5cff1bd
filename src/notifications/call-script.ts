import { CALL_TEXTS } from './channels/voice-texts.ts'
import type { PageState } from './paging.ts'

/** What a call reads out at this moment. */
export interface CallScript {
  language: 'en' | 'de'
  /** What a digit is about; null: nothing is asked any more, or `all`. */
  incidentId: number | null
  /** A digit is about all that waits. */
  all?: true
  text: string
}

/**
 * @param page null: it is known no more
 * @param asks whether the incident still waits for this person
 */
export function callScript(page: PageState | null, asks: boolean, language: 'en' | 'de'): CallScript {
  const texts = CALL_TEXTS[language]
  if (page?.status === 'open' && asks) {
    return { language, incidentId: page.request.incidentId, text: texts.incident(page.request) }
  }
  return { language, incidentId: null, text: texts.over(page?.request.reference ?? null, page?.ended ?? null) }
}

/** @param waiting the pages that still ask for attention, the one to name first */
export function bundleCallScript(waiting: PageState[], language: 'en' | 'de'): CallScript {
  const pages = waiting.map(({ code, request }) => ({ code, page: request }))
  return {
    language,
    incidentId: null,
    all: true,
    text: CALL_TEXTS[language].bundle({ waiting: waiting.length, pages }),
  }
}
