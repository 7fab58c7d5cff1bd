import { Button, TextInput } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { PlusIcon } from '../../parts/icons.tsx'
import { type Exception, holiday } from './exceptions.ts'
import classes from './SupportHoursForm.module.css'

interface HolidayInputProps {
  disabled: boolean
  onAdd: (exception: Exception) => void
}

/** A whole day by its name and date: one after the other, as they stand in a calendar. */
export function HolidayInput({ disabled, onAdd }: HolidayInputProps) {
  const [name, setName] = useState('')
  const [date, setDate] = useState('')
  const nameField = useRef<HTMLInputElement>(null)
  const day = holiday(name.trim() || 'Holiday', date)
  const add = () => {
    if (!day || disabled) return
    onAdd(day)
    setName('')
    setDate('')
    nameField.current?.focus()
  }
  // Not the form around it is meant.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  return (
    <div className={classes.holiday}>
      <TextInput
        ref={nameField}
        label="Holiday"
        placeholder="New Year’s Day"
        maxLength={100}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <TextInput
        type="date"
        label="Date"
        value={date}
        onChange={({ currentTarget }) => setDate(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Button leftSection={<PlusIcon />} disabled={!day || disabled} onClick={add}>
        Add a holiday
      </Button>
    </div>
  )
}
