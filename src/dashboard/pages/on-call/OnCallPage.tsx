import { Link } from '@tanstack/react-router'
import { Page, Section } from '../../parts/Page.tsx'
import { MyShifts } from '../coverage/MyShifts.tsx'
import { AskedOfMe } from './AskedOfMe.tsx'
import { PoliciesNow } from './PoliciesNow.tsx'
import { SchedulesNow } from './SchedulesNow.tsx'

/** Looked up in a corridor: what waits for me first, then who is on call, then when it is my turn. */
export function OnCallPage() {
  return (
    <Page title="On call" narrow>
      <AskedOfMe />
      <Section title="On call now">
        <SchedulesNow />
      </Section>
      <Section title="My next shifts" actions={<Link to="/coverage">Coverage requests</Link>}>
        <MyShifts />
      </Section>
      <Section title="Who is paged, by escalation policy">
        <PoliciesNow />
      </Section>
    </Page>
  )
}
