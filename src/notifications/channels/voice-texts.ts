import type { PageRequest } from '../../incidents/model.ts'
import { shorten } from '../answers.ts'
import type { OutgoingBundle } from '../notification.ts'
import { oneLine } from './channel.ts'
import { speakable } from './speakable.ts'

interface CallTexts {
  bundle(bundle: Pick<OutgoingBundle, 'waiting' | 'pages'>): string
  incident(page: Pick<PageRequest, 'priority' | 'sourceName' | 'summary'>): string
  /** @param ended as the page says it, "accepted by Ann"; null: how is not known */
  over(reference: string | null, ended: string | null): string
  /** What an answer did. @param said in English, as every channel says it */
  answered(said: string): string
  next: string
  goodbye: string
  /** The call can't be gone on with. */
  failed: string
}

/** What calls say, in the languages that users can choose. */
export const CALL_TEXTS: Record<'en' | 'de', CallTexts> = {
  en: {
    bundle: ({ waiting, pages }) =>
      `This is Tocsin. ${waiting} incidents wait for you. The newest is from ${spokenName(pages[0]?.page.sourceName)}${spoken(pages[0]?.page.summary, 'without a summary')}. Press 1 to accept all, 2 to resolve all, 3 to hear them one by one.`,
    incident: ({ priority, sourceName, summary }) =>
      `This is Tocsin with a ${priority === 'HIGH' ? 'high' : 'low'} priority incident from ${spokenName(sourceName)}${spoken(summary, 'without a summary')}. Press 1 to accept, 2 to resolve, 3 to escalate.`,
    over: (reference, ended) => `${reference ?? 'This incident'} was ${ended ?? 'answered meanwhile'}.`,
    answered: (said) => `${speakable(said).replace(/[.!]*$/, '')}.`,
    next: 'Next.',
    goodbye: 'Goodbye.',
    failed: 'Tocsin can not be reached right now. Please look at the dashboard.',
  },
  de: {
    bundle: ({ waiting, pages }) =>
      `Hier ist Tocsin. ${waiting} Vorfälle warten auf Sie. Der neueste ist von ${spokenName(pages[0]?.page.sourceName)}${spoken(pages[0]?.page.summary, 'ohne Beschreibung')}. Drücken Sie 1, um alle anzunehmen, 2, um alle zu lösen, 3, um sie einzeln zu hören.`,
    incident: ({ priority, sourceName, summary }) =>
      `Hier ist Tocsin mit einem Vorfall ${priority === 'HIGH' ? 'hoher' : 'niedriger'} Priorität von ${spokenName(sourceName)}${spoken(summary, 'ohne Beschreibung')}. Drücken Sie 1 zum Annehmen, 2 zum Lösen, 3 zum Eskalieren.`,
    over: (reference, ended) => `${reference ?? 'Dieser Vorfall'} wurde ${inGerman(ended)}.`,
    answered: answeredInGerman,
    next: 'Der nächste.',
    goodbye: 'Auf Wiederhören.',
    failed: 'Tocsin ist gerade nicht erreichbar. Bitte sehen Sie in die Übersicht.',
  },
}

/** What is read out stays short: somebody was just woken by it. */
const SPOKEN_CHARACTERS = 200

/** @param nothing what is said where nothing is left to say */
function spoken(summary: string | undefined, nothing: string): string {
  const words = shorten(speakable(summary ?? ''), SPOKEN_CHARACTERS)
  return words ? `: ${words}` : `, ${nothing}`
}

function spokenName(sourceName: string | undefined): string {
  return speakable(sourceName ?? '') || oneLine(sourceName ?? '')
}

function inGerman(ended: string | null): string {
  const [, act, name] = /^(accepted|resolved) by (.+)$/.exec(ended ?? '') ?? []
  if (!act || !name) return 'inzwischen bearbeitet'
  return `von ${name === 'you' ? 'Ihnen' : name} ${act === 'accepted' ? 'angenommen' : 'gelöst'}`
}

/**
 * Answers are worded once, in English, in `answers.ts` and by the incident; a call says in German what they begin with.
 * One that is not known here is not read out by a German voice: it would not be understood.
 */
function answeredInGerman(said: string): string {
  for (const [pattern, german] of GERMAN_ANSWERS) {
    const match = pattern.exec(said)
    if (match) return german(match.slice(1).map((part) => part ?? ''))
  }
  return 'Das war nicht möglich. Bitte sehen Sie in die Übersicht.'
}

const ACTS: Record<string, string> = {
  ...{ Accepted: 'angenommen', Resolved: 'gelöst', Escalated: 'eskaliert' },
  ...{ accepted: 'angenommen', resolved: 'gelöst', escalated: 'eskaliert' },
}

const GERMAN_ANSWERS: [RegExp, (parts: string[]) => string][] = [
  [/^(Accepted|Resolved) (\d+) incidents?\b/, ([act = '', count]) => `${vorfaelle(Number(count))} ${ACTS[act]}.`],
  [/^(Accepted|Resolved) ([A-Z0-9]+-\d+)/, ([act = '', what]) => `${what} ${ACTS[act]}.`],
  [/^Escalated ([A-Z0-9]+-\d+)/, ([what]) => `${what} eskaliert. Die nächste Stufe wird gerufen.`],
  [
    /^([A-Z0-9]+-\d+) (?:was|is) already (accepted|resolved|escalated)(?: by (.+?))?\./,
    ([what, act = '', who]) => `${what} wurde schon ${who ? `von ${who === 'you' ? 'Ihnen' : who} ` : ''}${ACTS[act]}.`,
  ],
  [/^This incident is over/, () => 'Dieser Vorfall ist vorbei. Es ist nichts mehr zu tun.'],
  [/^Press 1/, () => 'Drücken Sie 1 zum Annehmen, 2 zum Lösen, 3 zum Eskalieren.'],
  [/^Nothing is waiting/, () => 'Nichts wartet mehr auf Sie.'],
  [/nobody to escalate to|^No level/i, () => 'Es ist sonst niemand da, an den eskaliert werden kann.'],
]

function vorfaelle(count: number): string {
  return count === 1 ? 'Ein Vorfall' : `${count} Vorfälle`
}
