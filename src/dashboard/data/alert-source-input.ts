import type * as z from 'zod'
import type { AlertSource, alertSourceInput } from '../../api/schemas/alert-source.ts'

type Fields = z.input<typeof alertSourceInput>

/** What a PUT of the source as it is says; its signing secret, which nobody is told, stays. */
export function inputOf(source: AlertSource): Fields {
  const {
    id: _id,
    escalationPolicy,
    supportHours,
    hasSigningSecret: _has,
    integrationKey: _key,
    integrationUrl: _url,
    previousKeyValidUntil: _until,
    status: _status,
    createdAt: _created,
    updatedAt: _updated,
    ...same
  } = source
  return {
    ...same,
    escalationPolicy: { id: escalationPolicy.id },
    supportHours: supportHours && { id: supportHours.id },
  }
}
