import { TextInput, type TextInputProps } from '@mantine/core'
import { useId } from 'react'

/** An IANA name; the browser finds it by any part of it. */
export function TimeZoneInput(props: TextInputProps) {
  const list = useId()
  return (
    <>
      <TextInput list={list} autoComplete="off" {...props} />
      <datalist id={list}>
        {TIME_ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  )
}

/** Browsers leave UTC out of their list. */
const TIME_ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]
