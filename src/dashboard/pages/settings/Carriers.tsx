import { useQuery } from '@tanstack/react-query'
import type { Carrier } from '../../../api/schemas/carrier.ts'
import { carriersQuery } from '../../data/carriers.ts'
import { Problem } from '../../parts/Notice.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import { CarrierState } from './CarrierState.tsx'
import { CarrierTest } from './CarrierTest.tsx'

/** Who can carry messages in this deployment, and what is missing for those who can't yet. */
export function Carriers() {
  const { data: carriers, error } = useQuery(carriersQuery)
  if (error) return <Problem>{error.message}</Problem>
  if (!carriers) return null
  return (
    <Rows label="Carriers">
      {carriers.map((carrier) => (
        <Row
          key={carrier.name}
          title={carrier.name}
          state={carrier.configured ? 'set up' : <span className="dim">not set up</span>}
        >
          {carrier.methods.join(', ')}
          <MissingVariables carrier={carrier} />
          {carrier.configured && <CarrierState carrier={carrier.name} />}
          {carrier.configured && carrier.testable.length > 0 && <CarrierTest carrier={carrier} />}
        </Row>
      ))}
    </Rows>
  )
}

function MissingVariables({ carrier: { configured, variables } }: { carrier: Carrier }) {
  const missing = variables.filter(({ set, optional }) => !set && !optional)
  if (configured || missing.length === 0) return null
  return (
    <ul>
      {missing.map(({ name, what, secret }) => (
        <li key={name}>
          <code>{secret ? `wrangler secret put ${name}` : name}</code>: {what}
        </li>
      ))}
    </ul>
  )
}
