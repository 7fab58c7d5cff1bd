import type { Env } from '../env.ts'
import { OWN_TYPES } from './own-types.ts'
import { integrationTypeOf, TOOLS } from './tools/index.ts'
import type { SetupStep, Tool, ToolCategory } from './tools/tool.ts'

/** A way in, as the gallery shows it and the API's enum names it: a tool's, or one of our own. */
export interface IntegrationType {
  /** PROMETHEUS */
  type: string
  name: string
  category: ToolCategory | 'own'
  about: string
  keywords: string[]
  /** Whether it says when a problem is over. */
  resolves: boolean
  signature: { secretName: string } | null
  /** Where its events go. Null: a setting of the deployment or the source is missing. */
  address(place: SourcePlace): string | null
  setup(place: SourcePlace): SetupStep[]
}

/** What the steps of a set-up are about. */
export interface SourcePlace {
  /** `https://tocsin.example.com` */
  origin: string
  key: string
  /** The domain whose mail comes here; empty: none does. */
  mailDomain: string
  sms: { number: string; keyword: string | null } | null
}

export const INTEGRATION_TYPES: IntegrationType[] = [...OWN_TYPES, ...TOOLS.map(ofTool)]

const BY_TYPE = new Map(INTEGRATION_TYPES.map((one) => [one.type, one]))

export function findIntegrationType(type: string): IntegrationType | undefined {
  return BY_TYPE.get(type)
}

/** Where events of a source go; of an unknown type, the Event API. */
export function sourcePlace(
  env: Pick<Env, 'MAIL_DOMAIN'>,
  origin: string,
  key: string,
  sms: SourcePlace['sms'],
): SourcePlace {
  return { origin, key, mailDomain: env.MAIL_DOMAIN.trim().toLowerCase(), sms }
}

function ofTool(tool: Tool): IntegrationType {
  const addressOf = ({ origin, key }: SourcePlace) => `${origin}/api/v1/events/${tool.id}/${key}`
  return {
    type: integrationTypeOf(tool),
    name: tool.name,
    category: tool.category,
    about: tool.about,
    keywords: tool.keywords ?? [],
    resolves: tool.resolves,
    signature: tool.signature ? { secretName: tool.signature.secretName } : null,
    address: addressOf,
    setup: (place) => tool.setup({ url: addressOf(place), origin: place.origin, key: place.key }),
  }
}
