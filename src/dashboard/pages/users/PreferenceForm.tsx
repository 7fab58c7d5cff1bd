import { Button, Group, NativeSelect } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { Preference } from '../../../api/schemas/user.ts'
import { contactsQuery, savePreference } from '../../data/users.ts'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import { NumberField } from '../../parts/NumberField.tsx'
import { METHODS } from './preference-text.ts'

interface PreferenceFormProps {
  userId: number
  type: Preference['type']
  step: Preference | null
  onSaved: () => void
  onCancel?: () => void
}

export function PreferenceForm({ userId, type, step, onSaved, onCancel }: PreferenceFormProps) {
  const emails = useSuspenseQuery(contactsQuery(userId, 'emails')).data
  const phones = useSuspenseQuery(contactsQuery(userId, 'phone-numbers')).data
  const contactsOf = (method: Preference['method']) => (method === 'EMAIL' ? emails : method === 'PUSH' ? null : phones)
  const firstMethod = phones.length > 0 ? 'SMS' : 'EMAIL'
  const firstContact = contactsOf(firstMethod)?.[0]

  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/user.ts')).preferenceInput,
    initialValues: {
      method: step?.method ?? firstMethod,
      contact: step ? step.contact && { id: step.contact.id } : firstContact ? { id: firstContact.id } : null,
      delayMin: step?.delayMin ?? 0,
      type,
    },
    save: (input) => savePreference(userId, step?.id ?? null, input),
    onSaved,
  })
  const { method, contact } = form.values
  const contacts = contactsOf(method)

  const chooseMethod = (chosen: Preference['method']) => {
    const first = contactsOf(chosen)?.[0]
    form.setValues({ method: chosen, contact: first ? { id: first.id } : null })
  }
  return (
    <form {...formProps}>
      <Group align="flex-end" gap="xs">
        <NativeSelect
          label="Channel"
          value={method}
          onChange={({ currentTarget: { value } }) => chooseMethod(value as Preference['method'])}
          error={form.errors.method}
          data={Object.entries(METHODS).map(([value, label]) => ({ value, label }))}
        />
        {contacts && (
          <NativeSelect
            label="Contact"
            value={String(contact?.id ?? '')}
            onChange={({ currentTarget: { value } }) => form.setFieldValue('contact', { id: Number(value) })}
            error={form.errors.contact ?? form.errors['contact.id']}
            disabled={contacts.length === 0}
            data={
              contacts.length === 0
                ? [{ value: '', label: 'add one above first' }]
                : contacts.map(({ id, target }) => ({ value: String(id), label: target }))
            }
          />
        )}
        <NumberField label="Delay in minutes" min={0} w={165} {...form.getInputProps('delayMin')} />
        <Button type="submit" loading={saving} disabled={contacts?.length === 0}>
          {step ? 'Save' : 'Add step'}
        </Button>
        {onCancel && (
          <Button variant="subtle" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </Group>
      {problem && <Problem>{problem}</Problem>}
    </form>
  )
}
