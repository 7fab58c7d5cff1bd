import type { StatusChange } from '../incidents/model.ts'
import type { DutyNews } from './duties.ts'
import type { PagerProfile, UpdateType } from './model.ts'
import type { PageState } from './paging.ts'

/** It says nothing useful any more after that: the incident itself shows how it is. */
const USEFUL_MS = 60 * 60_000
/** Whoever was told longer ago has long had another look at it. */
const REMEMBERED_MS = 7 * 24 * 60 * 60_000

const WORDS: Record<UpdateType, string> = { ACCEPTED: 'accepted', ESCALATED: 'escalated', RESOLVED: 'resolved' }

/**
 * What a user is told of a change that others made to an incident which they were paged for. Null: nothing, because they did
 * it themselves, never heard of the incident, or don't want to know.
 *
 * @param page as it was before the change
 */
export function statusUpdate(
  page: PageState,
  { pageNumber, message, change, byUserId }: StatusChange,
  { userId, updates = [], quiet }: Pick<PagerProfile, 'userId' | 'updates' | 'quiet'>,
  now: number,
): DutyNews | null {
  if (!change || byUserId === userId) return null
  if (!wasTold(page, now) || (quiet?.mutedUntil ?? 0) > now) return null
  const targets = updates.filter(({ type }) => type === change).map(({ channel, target }) => ({ channel, target }))
  if (targets.length === 0) return null
  const { incidentId, reference, summary } = page.request
  return {
    notice: {
      id: `update-${incidentId}-${pageNumber}-${WORDS[change]}`,
      title: `${reference} was ${message}`,
      text: summary,
      path: `/incidents/${reference}`,
      expiresAt: now + USEFUL_MS,
    },
    targets,
  }
}

/** A message in a provider's hands will have arrived, too. */
function wasTold({ request, lastSentAt, notifications }: PageState, now: number): boolean {
  const toldAt = notifications.some(({ status }) => status === 'claimed')
    ? Math.max(lastSentAt, request.assignedAt)
    : lastSentAt
  return toldAt > 0 && now - toldAt <= REMEMBERED_MS
}
