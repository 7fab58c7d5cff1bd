import { Button, Group, PasswordInput, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { addDevice } from '../../data/devices.ts'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import classes from './InlineForm.module.css'

type Kind = 'NTFY' | 'PUSHOVER'

/** Apps that take pushes for people who don't want them in a browser. */
export function AddDevice({ userId, onAdded }: { userId: number; onAdded: () => void }) {
  const [kind, setKind] = useState<Kind | null>(null)
  const done = () => {
    setKind(null)
    onAdded()
  }
  const form = { userId, onDone: done, onCancel: () => setKind(null) }
  if (kind === 'NTFY') return <NtfyForm {...form} />
  if (kind === 'PUSHOVER') return <PushoverForm {...form} />
  return (
    <Group gap="xs">
      <Button onClick={() => setKind('NTFY')}>Add ntfy topic</Button>
      <Button onClick={() => setKind('PUSHOVER')}>Add Pushover key</Button>
    </Group>
  )
}

interface FormProps {
  userId: number
  onDone: () => void
  onCancel: () => void
}

function NtfyForm({ userId, onDone, onCancel }: FormProps) {
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('./device-input.ts')).ntfyInput,
    initialValues: { kind: 'NTFY' as const, name: 'ntfy', url: '', token: '' },
    save: (input) => addDevice(userId, input),
    onSaved: onDone,
  })
  return (
    <form {...formProps} aria-label="New ntfy topic">
      <div className={classes.form}>
        <TextInput className={classes.input} label="Name" {...form.getInputProps('name')} />
        <TextInput
          className={classes.input}
          label="Address of the topic"
          description="Whoever knows it can read along: make it hard to guess."
          type="url"
          inputMode="url"
          placeholder="https://ntfy.sh/a-secret-topic"
          data-autofocus
          {...form.getInputProps('url')}
        />
        <PasswordInput
          className={classes.input}
          label="Access token, if it needs one"
          autoComplete="off"
          {...form.getInputProps('token')}
        />
      </div>
      <End saving={saving} onCancel={onCancel}>
        Add ntfy topic
      </End>
      {problem && <Problem>{problem}</Problem>}
    </form>
  )
}

function PushoverForm({ userId, onDone, onCancel }: FormProps) {
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('./device-input.ts')).pushoverInput,
    initialValues: { kind: 'PUSHOVER' as const, name: 'Pushover', userKey: '' },
    save: (input) => addDevice(userId, input),
    onSaved: onDone,
  })
  return (
    <form {...formProps} aria-label="New Pushover key">
      <div className={classes.form}>
        <TextInput className={classes.input} label="Name" {...form.getInputProps('name')} />
        <TextInput
          className={classes.input}
          label="Your User Key"
          description="pushover.net shows it when you are signed in."
          autoComplete="off"
          {...form.getInputProps('userKey')}
        />
      </div>
      <End saving={saving} onCancel={onCancel}>
        Add Pushover key
      </End>
      {problem && <Problem>{problem}</Problem>}
    </form>
  )
}

function End({ saving, onCancel, children }: { saving: boolean; onCancel: () => void; children: ReactNode }) {
  return (
    <Group gap="xs" mt="xs">
      <Button type="submit" loading={saving}>
        {children}
      </Button>
      <Button variant="subtle" onClick={onCancel}>
        Cancel
      </Button>
    </Group>
  )
}
