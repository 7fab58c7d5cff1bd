import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Carrier } from '../../../api/schemas/carrier.ts'
import { sendTest } from '../../data/carriers.ts'
import { Problem } from '../../parts/Notice.tsx'

const TARGET_LABELS: Record<string, string> = { EMAIL: 'E-mail address', SMS: 'Phone number, such as +49 151 23456789' }

/** Sends a message through this carrier alone, and shows what it said. */
export function CarrierTest({ carrier: { name, testable } }: { carrier: Carrier }) {
  const [method, setMethod] = useState<string>(testable[0] ?? '')
  const [target, setTarget] = useState('')
  const test = useMutation({ mutationFn: () => sendTest(name, { method, target }) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    test.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="xs" mt="xs">
        {testable.length > 1 && (
          <NativeSelect
            label="Method"
            data={testable}
            value={method}
            onChange={({ currentTarget }) => setMethod(currentTarget.value)}
          />
        )}
        <TextInput
          label={TARGET_LABELS[method] ?? 'To'}
          value={target}
          onChange={({ currentTarget }) => setTarget(currentTarget.value)}
          required
        />
        <Button type="submit" loading={test.isPending} aria-label={`Send a test through ${name}`}>
          Send a test
        </Button>
      </Group>
      {test.error && <Problem>{test.error.message}</Problem>}
      {test.data &&
        (test.data.sent ? <p role="status">{test.data.message}</p> : <Problem>{test.data.message}</Problem>)}
    </form>
  )
}
