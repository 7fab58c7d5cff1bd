import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { alertSourceQuery } from '../../../data/alert-sources.ts'
import { ForAdministrators } from '../../../parts/administrator.tsx'
import { announce } from '../../../parts/announce.tsx'
import { Page } from '../../../parts/Page.tsx'
import { ProcessingForm } from './ProcessingForm.tsx'
import { ProcessingView } from './ProcessingView.tsx'

const route = getRouteApi('/signed-in/alert-sources/$id/processing')

/** What an alert source makes of its events, and what that would do to the last ones. */
export function ProcessingPage() {
  const { id } = route.useParams()
  const { data: source } = useSuspenseQuery(alertSourceQuery(id))
  const navigate = useNavigate()
  const back = () => navigate({ to: '/alert-sources/$id', params: { id } })
  return (
    <Page
      title="Templates and rules"
      above={
        <Link to="/alert-sources/$id" params={{ id }}>
          {source.name}
        </Link>
      }
    >
      <p className="dim">
        Templates say what the fields of an incident are, rules what is done with an event. Templates come first; the
        rules then see what they made of it, one after the other.
      </p>
      <ForAdministrators otherwise={<ProcessingView source={source} />}>
        <ProcessingForm
          key={id}
          source={source}
          onSaved={() => {
            announce('Templates and rules saved.')
            back()
          }}
          onCancel={back}
        />
      </ForAdministrators>
    </Page>
  )
}
