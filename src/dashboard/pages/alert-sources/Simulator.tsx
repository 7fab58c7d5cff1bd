import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { ApiProblem } from '../../api.ts'
import { type SimulationAddress, simulationQuery } from '../../data/simulation.ts'
import { serverNow } from '../../parts/clock.ts'
import { Problem } from '../../parts/Notice.tsx'
import { OWN_ZONE } from '../../parts/own-zone.ts'
import { Section } from '../../parts/Page.tsx'
import { zoneLabel } from '../../parts/zoned-time.ts'
import { SimulatedSteps } from './SimulatedSteps.tsx'
import classes from './Simulator.module.css'
import { fieldText, sundayNight, tonight } from './simulated-time.ts'

const route = getRouteApi('/signed-in/alert-sources/$id')

interface SimulatorProps {
  sourceId: number
  policy: { id: number; name: string }
}

/** Who would be told when and how, if nobody answered. The address says for when, so that it can be shown around. */
export function Simulator({ sourceId, policy }: SimulatorProps) {
  const address = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, isFetching } = useQuery(simulationQuery(sourceId, address))
  const show = (change: SimulationAddress) =>
    navigate({
      // What was chosen just before may still be on its way into the address.
      search: (chosen) => ({ at: 'now', ...chosen, ...change }),
      ...{ hash: 'simulation', resetScroll: false, hashScrollIntoView: false },
    })
  const atIsRefused = error instanceof ApiProblem && error.field === 'at'

  return (
    <div id="simulation" className={classes.simulator}>
      <Section title="Who would be told?">
        <p className="dim">
          What an incident of this source sets off by{' '}
          <Link to="/escalation-policies/$id" params={{ id: policy.id }}>
            {policy.name}
          </Link>{' '}
          when nobody answers. Nothing is sent.
        </p>
        <Group align="flex-start" gap="xs">
          <AtField
            key={address.at}
            at={address.at}
            error={atIsRefused && error.message}
            onChoose={(at) => show({ at })}
          />
          <NativeSelect
            label="Priority"
            value={address.priority ?? ''}
            onChange={({ currentTarget: { value } }) =>
              show({ priority: value === 'HIGH' || value === 'LOW' ? value : undefined })
            }
            data={[
              { value: '', label: 'as the source says' },
              { value: 'HIGH', label: 'High' },
              { value: 'LOW', label: 'Low' },
            ]}
          />
        </Group>
        <Group gap="xs" my="sm">
          <Button onClick={() => show({ at: 'now' })}>Now</Button>
          <Button onClick={() => show({ at: isoTime(tonight(serverNow())) })}>Tonight 03:00</Button>
          <Button onClick={() => show({ at: isoTime(sundayNight(serverNow())) })}>Next Sunday 03:00</Button>
        </Group>
        {error && !atIsRefused && <Problem>{error.message}</Problem>}
        <div aria-busy={isFetching}>{data && !error && <SimulatedSteps simulation={data} />}</div>
      </Section>
    </div>
  )
}

interface AtFieldProps {
  at: string | undefined
  error: ReactNode
  onChoose: (at: string) => void
}

/** A day and time of this device's zone; what is half written changes nothing. */
function AtField({ at, error, onChoose }: AtFieldProps) {
  const [shown] = useState(() => (at === undefined || at === 'now' ? serverNow() : Date.parse(at)))
  const [text, setText] = useState(() => fieldText(shown))
  const choose = () => {
    const chosen = Date.parse(text)
    if (text !== fieldText(shown) && !Number.isNaN(chosen)) onChoose(isoTime(chosen))
  }
  return (
    <TextInput
      type="datetime-local"
      label={`An incident at, ${zoneLabel(OWN_ZONE, shown)}`}
      value={text}
      error={error}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={choose}
      onKeyDown={({ key }) => key === 'Enter' && choose()}
    />
  )
}

const isoTime = (instant: number) => new Date(instant).toISOString()
