import { Stack, Textarea, TextInput } from '@mantine/core'
import type { FormErrors } from '@mantine/form'
import { useState } from 'react'
import type * as z from 'zod'
import type { smsInput } from '../../../../api/schemas/alert-source.ts'

export type SmsValue = z.input<typeof smsInput>

interface SmsFieldsProps {
  value: SmsValue
  onChange: (value: SmsValue) => void
  errors: FormErrors
}

/** The number that people write to, what names this source on a shared one, and who may write. */
export function SmsFields({ value, onChange, errors }: SmsFieldsProps) {
  const [allowed, setAllowed] = useState((value.allowedNumbers ?? []).join('\n'))
  const wrong = Object.entries(errors).find(([path]) => path.startsWith('sms.allowedNumbers'))?.[1]
  return (
    <Stack gap="md">
      <TextInput
        label="Number"
        description="Of your Twilio account, that people write to"
        placeholder="+4915112345678"
        type="tel"
        value={value.number}
        onChange={({ currentTarget }) => onChange({ ...value, number: currentTarget.value })}
        error={errors['sms.number']}
        maw={280}
      />
      <TextInput
        label="Keyword"
        description="Where several sources share the number: the first word of a message that is meant for this one"
        placeholder="PLANT"
        value={value.keyword ?? ''}
        onChange={({ currentTarget }) =>
          onChange({ ...value, keyword: currentTarget.value.toUpperCase().trim() || undefined })
        }
        error={errors['sms.keyword']}
        maw={280}
      />
      <Textarea
        label="Who may write"
        description="One number a line. Empty: anybody."
        autosize
        minRows={2}
        value={allowed}
        onChange={({ currentTarget }) => {
          setAllowed(currentTarget.value)
          onChange({
            ...value,
            allowedNumbers: currentTarget.value
              .split(/[\n,;]+/)
              .map((line) => line.trim())
              .filter(Boolean),
          })
        }}
        error={wrong}
        maw={280}
      />
    </Stack>
  )
}
