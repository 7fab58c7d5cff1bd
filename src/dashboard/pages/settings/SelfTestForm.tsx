import { Button, Group, NativeSelect, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { SelfTest, SelfTestInput } from '../../../api/schemas/self-test.ts'
import { ApiProblem } from '../../api.ts'
import { deleteSelfTest, runSelfTest, saveSelfTest, selfTestQuery } from '../../data/self-test.ts'
import { currentUserQuery } from '../../data/session.ts'
import { contactsQuery, fullName, usersQuery } from '../../data/users.ts'
import { announce } from '../../parts/announce.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { RelativeTime } from '../../parts/time.tsx'
import { METHODS } from '../users/preference-text.ts'

type Method = SelfTestInput['method']

/** Telegram's contacts are verified by their own chat; a test goes where people are woken. */
const TESTED: Method[] = ['SMS', 'VOICE', 'PUSH', 'EMAIL']

/** A message each day to somebody who notices when it stops coming, and how the last one went. */
export function SelfTestForm() {
  const { data, error } = useQuery(selfTestQuery)
  if (error) return <Problem>{error.message}</Problem>
  if (!data) return null
  return (
    <>
      <p>
        Once a day a message goes out that needs no answer. When it fails, the health check “self-test” says so: a
        broken carrier is known before the night in which it is needed.
      </p>
      {data.result && <Result result={data.result} />}
      <Fields key={JSON.stringify(data.settings)} settings={data.settings} />
    </>
  )
}

function Result({ result: { outcome, startedAt, reason } }: { result: NonNullable<SelfTest['result']> }) {
  return (
    <p role="status">
      Last test, <RelativeTime instant={startedAt} />: <strong>{RESULTS[outcome]}</strong>
      {reason && `: ${reason}`}
    </p>
  )
}

const RESULTS = {
  PENDING: 'under way',
  SENT: 'sent',
  DELIVERED: 'delivered',
  FAILED: 'failed',
} satisfies Record<NonNullable<SelfTest['result']>['outcome'], string>

function Fields({ settings }: { settings: SelfTest['settings'] }) {
  const queryClient = useQueryClient()
  const { data: users } = useSuspenseQuery(usersQuery)
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const [userId, setUserId] = useState(settings?.user.id ?? me.id)
  const [method, setMethod] = useState<Method>(settings?.method ?? 'SMS')
  const [contactId, setContactId] = useState<number | null>(settings?.contact?.id ?? null)
  const [hour, setHour] = useState(settings?.hour ?? 9)
  const kind = method === 'EMAIL' ? ('emails' as const) : ('phone-numbers' as const)
  const { data: contacts = [] } = useQuery({ ...contactsQuery(userId, kind), enabled: method !== 'PUSH' })
  const contact = contacts.find(({ id }) => id === contactId) ?? contacts[0]

  const show = (saved: SelfTest) => queryClient.setQueryData(selfTestQuery.queryKey, saved)
  const refetch = () => {
    queryClient.invalidateQueries({ queryKey: selfTestQuery.queryKey })
    queryClient.invalidateQueries({ queryKey: ['health'] })
  }
  const save = useMutation({
    mutationFn: () =>
      saveSelfTest({
        ...{ user: { id: userId }, method, hour },
        contact: method === 'PUSH' || !contact ? null : { id: contact.id },
      }),
    onSuccess: (saved) => {
      show(saved)
      announce('Daily test saved')
    },
    onSettled: refetch,
  })
  const run = useMutation({ mutationFn: runSelfTest, onSuccess: show, onSettled: refetch })
  const stop = useMutation({
    mutationFn: deleteSelfTest,
    onSuccess: () => announce('There is no daily test any more'),
    onSettled: refetch,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const error = save.error ?? run.error ?? stop.error
  const field = error instanceof ApiProblem ? (error.field?.split('.')[0] ?? '') : ''
  const at = (name: string) => (field === name ? error?.message : undefined)
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-start">
          <NativeSelect
            label="Sent to"
            value={String(userId)}
            onChange={({ currentTarget: { value } }) => setUserId(Number(value))}
            error={at('user')}
            data={users.map((user) => ({ value: String(user.id), label: fullName(user) }))}
          />
          <NativeSelect
            label="Channel"
            value={method}
            onChange={({ currentTarget: { value } }) => setMethod(value as Method)}
            error={at('method')}
            data={TESTED.map((each) => ({ value: each, label: METHODS[each] }))}
          />
          {method !== 'PUSH' && (
            <NativeSelect
              label="Contact"
              value={String(contact?.id ?? '')}
              onChange={({ currentTarget: { value } }) => setContactId(Number(value))}
              error={at('contact')}
              disabled={contacts.length === 0}
              data={
                contacts.length > 0
                  ? contacts.map(({ id, target }) => ({ value: String(id), label: target }))
                  : [{ value: '', label: 'they have none' }]
              }
            />
          )}
          <NativeSelect
            label="Hour (UTC)"
            value={String(hour)}
            onChange={({ currentTarget: { value } }) => setHour(Number(value))}
            error={at('hour')}
            data={Array.from({ length: 24 }, (_, each) => ({
              value: String(each),
              label: `${String(each).padStart(2, '0')}:00`,
            }))}
          />
        </Group>
        {error && !['user', 'method', 'contact', 'hour'].includes(field) && <Problem>{error.message}</Problem>}
        <Group gap="xs">
          <Button type="submit" variant="filled" loading={save.isPending}>
            {settings ? 'Save daily test' : 'Send a test each day'}
          </Button>
          {settings && (
            <>
              <Button onClick={() => run.mutate()} loading={run.isPending}>
                Run now
              </Button>
              <Button onClick={() => stop.mutate()} loading={stop.isPending}>
                Stop the daily test
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </form>
  )
}
