import * as z from 'zod'
import { LIMITS } from '../../limits.ts'

/** Instants travel as ISO-8601 in UTC. */
export const instant = z.iso.datetime({ offset: true }).meta({ description: 'ISO-8601 instant' })

export const id = z.int().positive().max(Number.MAX_SAFE_INTEGER)

/** A name as people see it in lists: trimmed, never empty. */
export const name = z.string().trim().min(1, 'must not be empty').max(100)

export const priority = z.enum(['HIGH', 'LOW']).meta({ id: 'Priority' })

export const role = z.enum(['ADMIN', 'USER']).meta({ id: 'Role' })

/** Names another resource; `name` is filled in on answers. */
export const reference = z.object({ id, name: z.string().optional() })

export const userReference = z
  .object({ id, firstName: z.string().optional(), lastName: z.string().optional() })
  .meta({ id: 'UserReference' })

/** Paging of every list, as iLert's: an offset and a page size. */
export const paging = z.object({
  'start-index': z.coerce.number().int().min(0).default(0),
  'max-results': z.coerce.number().int().min(1).max(LIMITS.pageSize).default(50),
})

/** The id in a path. */
export const idParam = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) })

/** A list in a query: `?states=A&states=B`, `?states[]=A` (as axios writes it) or `?states=A,B`. */
export function queryList<Item extends z.ZodType>(item: Item) {
  return z.preprocess(
    (value) =>
      value === undefined
        ? undefined
        : [value]
            .flat()
            .flatMap((text) => String(text).split(','))
            .filter(Boolean),
    z.array(item).max(50).optional(),
  )
}

/** The body of every answer that is not a success. */
export const problem = z
  .object({
    status: z.int(),
    message: z.string().meta({ description: 'What was wrong, and what to change' }),
    code: z.string().meta({ description: 'For programs, such as KEY_ERROR' }),
    field: z.string().optional().meta({ description: 'The field that was wrong' }),
  })
  .meta({ id: 'Error' })
export type Problem = z.infer<typeof problem>

export const count = z.object({ count: z.int().min(0) }).meta({ id: 'CountResponse' })
