import { Button, Group, Input } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useEffect, useRef, useState } from 'react'
import type { EscalationPolicy } from '../../../../api/schemas/escalation-policy.ts'
import { LIMITS } from '../../../../limits.ts'
import { PlusIcon } from '../../../parts/icons.tsx'
import { Empty } from '../../../parts/Notice.tsx'
import { type Draft, newRule, type RuleDraft } from './draft.ts'
import classes from './ProcessingForm.module.css'
import { RuleFields } from './RuleFields.tsx'

const EXAMPLE: Partial<RuleDraft> = {
  name: 'Drop what is only informational',
  condition: 'event.severity >= 5 || event.labels.env == "test"',
  action: 'DROP',
}

interface RuleListProps {
  form: UseFormReturnType<Draft>
  policies: EscalationPolicy[]
}

/** Rules in the order in which they are gone through. */
export function RuleList({ form, policies }: RuleListProps) {
  const list = useRef<HTMLOListElement>(null)
  const focusNext = useRef<string[]>([])
  const [said, setSaid] = useState('')
  const { rules } = form.values

  // What was done is gone on with by keyboard: a moved rule keeps the focus, a new one gets it.
  useEffect(() => {
    const wanted = focusNext.current
    focusNext.current = []
    for (const selector of wanted) {
      const found = list.current?.querySelector<HTMLElement>(`${selector}:not(:disabled)`)
      if (found) return found.focus()
    }
  })

  const move = (from: number, to: number) => {
    if (to < 0 || to >= rules.length) return
    const [same, other] = to < from ? ['up', 'down'] : ['down', 'up']
    focusNext.current = [`[data-rule-act="${same} ${to}"]`, `[data-rule-act="${other} ${to}"]`]
    setSaid(`${rules[from]?.name || 'The rule'} is now ${to + 1} of ${rules.length}`)
    form.reorderListItem('rules', { from, to })
  }
  const add = (given: Partial<RuleDraft> = {}) => {
    focusNext.current = [`:scope > :nth-child(${rules.length + 1}) input`]
    form.insertListItem('rules', newRule(given))
  }

  return (
    <section aria-label="Rules">
      <h2 className={classes.heading}>Rules</h2>
      <p className="dim small">
        Gone through from the top. What one sets, the next ones see; “Accept” and “Drop” end it. Move a rule with its
        arrows, or with Alt and an arrow key.
      </p>
      {rules.length === 0 && (
        <Empty title="No rules: every event is taken as it is">
          <Button onClick={() => add(EXAMPLE)}>Insert an example</Button>
        </Empty>
      )}
      <ol ref={list} className={classes.rules} aria-label="Rules in their order">
        {rules.map((rule, index) => (
          <RuleFields
            key={rule.key}
            form={form}
            index={index}
            policies={policies}
            onMove={(to) => move(index, to)}
            onRemove={() => {
              focusNext.current = [`[data-rule-act="remove ${index}"]`, `[data-rule-act="remove ${index - 1}"]`]
              setSaid(`${rule.name || 'The rule'} removed`)
              form.removeListItem('rules', index)
            }}
          />
        ))}
      </ol>
      {form.errors.rules && <Input.Error>{form.errors.rules}</Input.Error>}
      <Group mt="sm">
        <Button leftSection={<PlusIcon />} disabled={rules.length >= LIMITS.rulesPerSource} onClick={() => add()}>
          Add rule
        </Button>
      </Group>
      <span className="sr-only" role="status">
        {said}
      </span>
    </section>
  )
}
