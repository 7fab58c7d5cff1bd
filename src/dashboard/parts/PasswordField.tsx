import { PasswordInput, type PasswordInputProps } from '@mantine/core'

/** Mantine marks the frame around a wrong password rather than the field itself. */
export function PasswordField(props: PasswordInputProps) {
  return (
    <PasswordInput
      label="Password"
      aria-invalid={props.error ? true : undefined}
      visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
      {...props}
    />
  )
}
