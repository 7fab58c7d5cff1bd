import { Page, Section } from '../../parts/Page.tsx'
import { HealthChecks } from './HealthChecks.tsx'
import { SettingsForm } from './SettingsForm.tsx'

export function SettingsPage() {
  return (
    <Page title="Settings" narrow>
      <Section title="Organisation">
        <SettingsForm />
      </Section>
      <Section title="Health">
        <HealthChecks />
      </Section>
    </Page>
  )
}
