import { ActionIcon } from '@mantine/core'
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { incidentCountQuery } from '../data/incidents.ts'
import { currentUserQuery } from '../data/session.ts'
import { followLive } from '../live.ts'
import {
  BellIcon,
  CalendarIcon,
  CloseIcon,
  LevelsIcon,
  MenuIcon,
  OnCallIcon,
  PeopleIcon,
  PlugIcon,
  PushIcon,
  SettingsIcon,
  WrenchIcon,
} from '../parts/icons.tsx'
import { remembered } from '../push/remembered.ts'
import classes from './Frame.module.css'
import { HealthNotice } from './HealthNotice.tsx'
import { LiveNotice } from './LiveNotice.tsx'
import { usePendingInTab } from './pending-in-tab.ts'
import { UserMenu } from './UserMenu.tsx'

/** What surrounds every page of somebody who is signed in. */
export function Frame() {
  const queryClient = useQueryClient()
  const { data: user } = useSuspenseQuery(currentUserQuery)
  const { data: pending = 0 } = useQuery(incidentCountQuery(['PENDING']))
  const { pathname } = useLocation()
  const [open, setOpen] = useState(false)

  useEffect(() => followLive(queryClient), [queryClient])
  useFreshPushes(user.id)
  useArrival(pathname, () => setOpen(false))
  usePendingInTab(pending)

  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <header className={classes.side}>
        <div className={classes.top}>
          <Link to="/incidents" className={classes.brand}>
            <img src="/bell.svg" alt="" width={24} height={24} className={classes.logo} />
            Tocsin
          </Link>
          <ActionIcon
            className={classes.burger}
            aria-label={open ? 'Close navigation' : 'Open navigation'}
            aria-expanded={open}
            aria-controls="navigation"
            onClick={() => setOpen(!open)}
          >
            {open ? <CloseIcon /> : <MenuIcon />}
          </ActionIcon>
        </div>
        <div id="navigation" className={classes.menu} data-open={open}>
          <nav aria-label="Main" className={classes.nav}>
            <Link to="/incidents" className={classes.item}>
              <BellIcon /> Incidents
              {pending > 0 && (
                <span className={classes.count} title={`${pending} pending`}>
                  {pending}
                  <span className="sr-only"> pending</span>
                </span>
              )}
            </Link>
            <Link to="/alert-sources" className={classes.item}>
              <PlugIcon /> Alert sources
            </Link>
            <Link to="/maintenance" className={classes.item}>
              <WrenchIcon /> Maintenance
            </Link>
            <Link to="/escalation-policies" className={classes.item}>
              <LevelsIcon /> Escalation policies
            </Link>
            <Link to="/on-call" className={classes.item}>
              <OnCallIcon /> On call
            </Link>
            <Link to="/schedules" className={classes.item}>
              <CalendarIcon /> Schedules
            </Link>
            <Link to="/users" className={classes.item}>
              <PeopleIcon /> Users
            </Link>
            <Link to="/settings" className={classes.item}>
              <SettingsIcon /> Settings
            </Link>
            {user.sandbox && (
              <Link to="/sandbox" className={classes.item}>
                <PushIcon /> Simulated phone
              </Link>
            )}
          </nav>
          <UserMenu user={user} />
        </div>
      </header>
      <main id="content" className={classes.content} tabIndex={-1}>
        <LiveNotice />
        <HealthNotice />
        <Outlet />
      </main>
    </div>
  )
}

/** Only where this browser takes pushes: nobody else loads what that needs. */
function useFreshPushes(userId: number) {
  const queryClient = useQueryClient()
  useEffect(() => {
    if (!remembered()) return
    import('../push/this-browser.ts')
      .then(({ keepFresh }) => keepFresh(queryClient, userId))
      // Tried again at the next visit; until then the profile shows whether this browser is on.
      .catch(() => {})
  }, [queryClient, userId])
}

/** Arriving on another page moves the focus there, as a page load would, so that screen readers begin to read it. */
function useArrival(pathname: string, onArrival: () => void) {
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    onArrival()
    document.getElementById('content')?.focus({ preventScroll: true })
  })
}
