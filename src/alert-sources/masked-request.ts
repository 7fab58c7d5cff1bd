import { LIMITS } from '../limits.ts'
import { cutText } from './bounded-event.ts'
import type { RawRequest } from './delivery.ts'

/** Headers that help to see what a sender did. Others may hold anything. */
const SHOWN_HEADERS =
  /^(content-type|user-agent|x-github-event|x-gitlab-event|sentry-hook-resource|x-amz-sns-[a-z-]+|check-status|x-event-[a-z-]+)$/

/** Names of fields whose value is a credential, in the spellings that tools use. */
const SECRET_NAMES =
  '[A-Za-z0-9_.-]{0,60}(?:secret|token|password|passwd|authorization|api[_-]?key|routing[_-]?key|service[_-]?key|integration[_-]?key|signature|credential)[A-Za-z0-9_.-]{0,60}'

const IN_JSON = new RegExp(`("(?:${SECRET_NAMES})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi')
const IN_FORM = new RegExp(`((?:^|[&?])(?:${SECRET_NAMES})=)[^&\\s"]*`, 'gim')
const IN_XML = new RegExp(`(<(${SECRET_NAMES})>)[^<]*(</\\2>)`, 'gi')
const INTEGRATION_KEY = /(?<![a-z2-7])[a-z2-7]{32}(?![a-z2-7])/gi
const MASK = '***'

/** A request fit to be kept in the log and shown: credentials masked, long bodies cut. */
export function maskedRequest(request: RawRequest): RawRequest {
  const shown = Object.entries(request.headers).filter(([name]) => SHOWN_HEADERS.test(name))
  const secretName = new RegExp(`^(?:${SECRET_NAMES})$`, 'i')
  return {
    via: request.via,
    method: request.method,
    headers: Object.fromEntries(shown.map(([name, value]) => [name, cutText(value, LIMITS.labelCharacters)])),
    query: Object.fromEntries(
      Object.entries(request.query)
        .slice(0, LIMITS.labelsPerEvent)
        .map(([name, value]) => [
          cutText(name, LIMITS.labelCharacters),
          secretName.test(name) ? MASK : cutText(maskKeys(value), LIMITS.urlCharacters),
        ]),
    ),
    body: maskBody(cutText(request.body, LIMITS.loggedPayloadCharacters)),
  }
}

function maskBody(body: string): string {
  return maskKeys(body.replace(IN_JSON, `$1"${MASK}"`).replace(IN_FORM, `$1${MASK}`).replace(IN_XML, `$1${MASK}$3`))
}

/** Whatever the field is called, an integration key is a credential. */
function maskKeys(text: string): string {
  return text.replace(INTEGRATION_KEY, MASK)
}
