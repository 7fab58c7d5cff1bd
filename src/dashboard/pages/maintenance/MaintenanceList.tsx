import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { maintenanceWindowsQuery } from '../../data/maintenance-windows.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { useClock } from '../../parts/clock.ts'
import { PlusIcon } from '../../parts/icons.tsx'
import { Empty } from '../../parts/Notice.tsx'
import { Page, Section } from '../../parts/Page.tsx'
import { Rows } from '../../parts/Row.tsx'
import { MaintenanceRow } from './MaintenanceRow.tsx'
import { type Phase, phaseOf } from './window-text.ts'

const TITLES: Record<Phase, string> = { running: 'Running now', coming: 'Coming', over: 'Over' }

export function MaintenanceList() {
  const { data: windows } = useSuspenseQuery(maintenanceWindowsQuery)
  const now = useClock((instant) => Math.floor(instant / 60_000) * 60_000)
  const phases = Object.keys(TITLES) as Phase[]
  return (
    <Page
      title="Maintenance"
      actions={
        <ForAdministrators>
          <Button
            variant="filled"
            leftSection={<PlusIcon />}
            renderRoot={(props) => <Link to="/maintenance/new" {...props} />}
          >
            New maintenance window
          </Button>
        </ForAdministrators>
      }
    >
      {windows.length === 0 && (
        <Empty title="No maintenance is planned">
          <p>
            While a maintenance window runs, what its alert sources report opens no incidents, and what is open does not
            escalate.
          </p>
          <ForAdministrators>
            <Link to="/maintenance/new">Plan the first one</Link>
          </ForAdministrators>
        </Empty>
      )}
      {phases.map((phase) => {
        const inPhase = windows.filter((window) => phaseOf(window, now) === phase)
        if (inPhase.length === 0) return null
        return (
          <Section key={phase} title={TITLES[phase]}>
            <Rows label={TITLES[phase]}>
              {inPhase.map((window) => (
                <MaintenanceRow key={window.id} window={window} now={now} />
              ))}
            </Rows>
          </Section>
        )
      })}
    </Page>
  )
}
