import { TextInput, type TextInputProps } from '@mantine/core'

interface NumberFieldProps extends Omit<TextInputProps, 'value' | 'defaultValue' | 'onChange' | 'type'> {
  value?: number
  onChange: (value: number | undefined) => void
}

/** The browser's own number field; empty is undefined, so that the schema can say that it must be filled in. */
export function NumberField({ value, onChange, ...props }: NumberFieldProps) {
  return (
    <TextInput
      type="number"
      inputMode="decimal"
      step="any"
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.valueAsNumber)}
      {...props}
    />
  )
}
