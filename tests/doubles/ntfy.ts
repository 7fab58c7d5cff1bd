import type { CarrierAnswer, CarrierRequest } from './double.ts'

interface Publication {
  topic?: string
  message?: string
  title?: string
  priority?: number
  click?: string
  actions?: { action?: string; label?: string; url?: string; method?: string; clear?: boolean }[]
}

/**
 * An ntfy server at `/ntfy/`: https://docs.ntfy.sh/publish/#publish-as-json. Topics that begin with `private` need the
 * token `tk_tests`, `busy` is answered 429.
 */
export function ntfyAnswer({ method, path, headers, body }: CarrierRequest): CarrierAnswer | null {
  if (path !== '/ntfy/' || method !== 'POST') return null
  const refuse = (http: number, code: number) => ({ status: http, body: { code, http, error: 'in words' }, took: null })
  const publication: Publication = JSON.parse(body)
  const { topic = '', priority = 3, actions = [] } = publication
  if (!/^[-_A-Za-z0-9]{1,64}$/.test(topic)) return refuse(400, 40009)
  if (topic.startsWith('private') && headers.authorization !== 'Bearer tk_tests') return refuse(403, 40301)
  if (topic.startsWith('busy')) return refuse(429, 42901)
  if (!Number.isInteger(priority) || priority < 1 || priority > 5) return refuse(400, 40007)
  if (publication.click !== undefined && !URL.canParse(publication.click)) return refuse(400, 40004)
  const isComplete = ({ action, label, url = '' }: NonNullable<Publication['actions']>[number]) =>
    ['view', 'broadcast', 'http', 'copy'].includes(action ?? '') && label && URL.canParse(url)
  if (actions.length > 3 || !actions.every(isComplete)) return refuse(400, 40018)
  return {
    status: 200,
    body: { id: 'abc', event: 'message', topic },
    took: { account: `ntfy-${topic}`, message: { body } },
  }
}
