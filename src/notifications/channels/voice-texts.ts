import type { PageRequest } from '../../incidents/model.ts'
import { shorten } from '../answers.ts'
import type { OutgoingBundle } from '../notification.ts'
import { oneLine } from './channel.ts'

interface CallTexts {
  bundle(bundle: Pick<OutgoingBundle, 'waiting' | 'pages'>): string
  incident(page: Pick<PageRequest, 'priority' | 'sourceName' | 'summary'>): string
  /** @param ended as the page says it, "accepted by Ann"; null: how is not known */
  over(reference: string | null, ended: string | null): string
  next: string
  goodbye: string
  /** The call can't be gone on with. */
  failed: string
}

/** What calls say, in the languages that users can choose. */
export const CALL_TEXTS: Record<'en' | 'de', CallTexts> = {
  en: {
    bundle: ({ waiting, pages }) =>
      `This is Tocsin. ${waiting} incidents wait for you. The newest is from ${oneLine(pages[0]?.page.sourceName ?? '')}: ${spoken(pages[0]?.page.summary ?? '')}. Press 1 to accept all, 2 to resolve all, 3 to hear them one by one.`,
    incident: ({ priority, sourceName, summary }) =>
      `This is Tocsin with a ${priority === 'HIGH' ? 'high' : 'low'} priority incident from ${oneLine(sourceName)}: ${spoken(summary)}. Press 1 to accept, 2 to resolve, 3 to escalate.`,
    over: (reference, ended) => `${reference ?? 'This incident'} was ${ended ?? 'answered meanwhile'}.`,
    next: 'Next.',
    goodbye: 'Goodbye.',
    failed: 'Tocsin can not be reached right now. Please look at the dashboard.',
  },
  de: {
    bundle: ({ waiting, pages }) =>
      `Hier ist Tocsin. ${waiting} Vorfälle warten auf Sie. Der neueste ist von ${oneLine(pages[0]?.page.sourceName ?? '')}: ${spoken(pages[0]?.page.summary ?? '')}. Drücken Sie 1, um alle anzunehmen, 2, um alle zu lösen, 3, um sie einzeln zu hören.`,
    incident: ({ priority, sourceName, summary }) =>
      `Hier ist Tocsin mit einem Vorfall ${priority === 'HIGH' ? 'hoher' : 'niedriger'} Priorität von ${oneLine(sourceName)}: ${spoken(summary)}. Drücken Sie 1 zum Annehmen, 2 zum Lösen, 3 zum Eskalieren.`,
    over: (reference, ended) => `${reference ?? 'Dieser Vorfall'} wurde ${inGerman(ended)}.`,
    next: 'Der nächste.',
    goodbye: 'Auf Wiederhören.',
    failed: 'Tocsin ist gerade nicht erreichbar. Bitte sehen Sie in die Übersicht.',
  },
}

/** What is read out stays short: somebody was just woken by it. */
const SPOKEN_CHARACTERS = 200

function spoken(summary: string): string {
  return shorten(oneLine(summary), SPOKEN_CHARACTERS)
}

function inGerman(ended: string | null): string {
  const [, act, name] = /^(accepted|resolved) by (.+)$/.exec(ended ?? '') ?? []
  if (!act || !name) return 'inzwischen bearbeitet'
  return `von ${name} ${act === 'accepted' ? 'angenommen' : 'gelöst'}`
}
