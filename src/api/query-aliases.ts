import { createMiddleware } from 'hono/factory'
import type { ApiEnv } from './context.ts'

/** Reads other names of query parameters as ours: the given ones, and `states[]` (how axios writes lists) as `states`. */
export function queryAliases(aliases: Record<string, string>) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const url = new URL(c.req.url)
    const named = [...url.searchParams].map(([name, value]) => {
      const bare = name.replace(/\[\]$/, '')
      return [aliases[bare] ?? bare, value] as [string, string]
    })
    url.search = new URLSearchParams(named).toString()
    if (url.href !== c.req.url) c.req.raw = new Request(url, c.req.raw)
    return next()
  })
}
