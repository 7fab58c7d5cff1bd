import type { Env } from './env.ts'

/** Where people open this deployment; from the request where the setting is empty. Never ends in a slash. */
export function publicUrl(env: Env, request?: Request): string {
  const configured = env.PUBLIC_URL.replace(/\/+$/, '')
  if (configured) return configured
  return request ? new URL(request.url).origin : ''
}

/** The incident's page. */
export function incidentUrl(base: string, reference: string): string {
  return `${base}/incidents/${reference}`
}
