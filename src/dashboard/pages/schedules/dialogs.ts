import { lazy } from 'react'
import { loadPage } from '../../frame/load-page.ts'

/** Forms weigh as much as the calendar: fetched when one is first opened. */
export const OverrideDialog = lazy(async () => {
  const { OverrideDialog } = await loadPage(() => import('./overrides/OverrideDialog.tsx'))
  return { default: OverrideDialog }
})

export const ShiftDialog = lazy(async () => {
  const { ShiftDialog } = await loadPage(() => import('./overrides/ShiftDialog.tsx'))
  return { default: ShiftDialog }
})

export const CalendarKeys = lazy(async () => {
  const { CalendarKeys } = await loadPage(() => import('./calendar/CalendarKeys.tsx'))
  return { default: CalendarKeys }
})

export const FeedsDialog = lazy(async () => {
  const { FeedsDialog } = await loadPage(() => import('./FeedsDialog.tsx'))
  return { default: FeedsDialog }
})
