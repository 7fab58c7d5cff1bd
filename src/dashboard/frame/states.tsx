import { Button, Loader } from '@mantine/core'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { ApiProblem } from '../api.ts'
import { useLiveStatus } from '../live.ts'
import { Problem } from '../parts/Notice.tsx'
import { Page } from '../parts/Page.tsx'
import classes from './states.module.css'

export function Loading() {
  return (
    <div className={classes.loading} role="status">
      <Loader size="sm" color="gray" />
      <span>Loading …</span>
    </div>
  )
}

export function NotFoundPage() {
  return (
    <Page title="Not found" narrow>
      <p>There is no such page. Perhaps it was deleted, or the address was cut off.</p>
      <p>
        <Link to="/incidents">Go to the incidents</Link>
      </p>
    </Page>
  )
}

/** Where nothing surrounds the page: no frame, so a landmark of its own. */
export function NotFoundAlone() {
  return (
    <main className={classes.alone}>
      <NotFoundPage />
    </main>
  )
}

export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const tryAgain = () => {
    reset()
    router.invalidate()
  }
  useOnReconnection(tryAgain)
  if (error instanceof ApiProblem && error.status === 404) return <NotFoundPage />
  return (
    <Page title="This page could not be shown" narrow>
      <Problem>{error instanceof Error ? error.message : 'Something unexpected went wrong.'}</Problem>
      <Button mt="md" onClick={tryAgain}>
        Try again
      </Button>
    </Page>
  )
}

function useOnReconnection(act: () => void) {
  const status = useLiveStatus()
  const before = useRef(status)
  useEffect(() => {
    if (before.current === 'lost' && status === 'live') act()
    before.current = status
  })
}
