import { Link } from '@tanstack/react-router'
import { useIsAdministrator } from '../../parts/administrator.tsx'
import { Page, Section } from '../../parts/Page.tsx'
import { Carriers } from './Carriers.tsx'
import { HealthChecks } from './HealthChecks.tsx'
import { SelfTestForm } from './SelfTestForm.tsx'
import { SettingsForm } from './SettingsForm.tsx'

export function SettingsPage() {
  const administrator = useIsAdministrator()
  return (
    <Page title="Settings" narrow>
      <Section title="Organisation">
        <SettingsForm />
      </Section>
      {administrator && (
        <Section title="Carriers" actions={<Link to="/deliveries">What was sent</Link>}>
          <p>They are set up with variables and secrets of the deployment, and tried in this order.</p>
          <Carriers />
        </Section>
      )}
      {administrator && (
        <Section title="Daily test">
          <SelfTestForm />
        </Section>
      )}
      <Section title="Health">
        <HealthChecks />
      </Section>
    </Page>
  )
}
