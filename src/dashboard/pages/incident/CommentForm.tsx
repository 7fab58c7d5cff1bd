import { Button, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { KeyboardEvent, Ref } from 'react'
import type { Incident } from '../../../api/schemas/incident.ts'
import { actOn } from '../../data/incidents.ts'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import classes from './CommentForm.module.css'

interface CommentFormProps {
  incident: Incident
  name: string
  inputRef: Ref<HTMLTextAreaElement>
}

/** Ctrl+Enter sends, Escape leaves the field so that the page's keys work again. */
export function CommentForm({ incident, name, inputRef }: CommentFormProps) {
  const queryClient = useQueryClient()
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/incident.ts')).commentRequest,
    initialValues: { content: '' },
    save: ({ content }) => actOn(incident.id, { type: 'comment', content }),
    onSaved: () => {
      form.reset()
      queryClient.invalidateQueries({ queryKey: ['incident', incident.id] })
      queryClient.invalidateQueries({ queryKey: ['incident', name] })
    },
  })
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') event.currentTarget.blur()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit()
  }
  return (
    <form {...formProps} className={classes.form}>
      <Textarea
        ref={inputRef}
        aria-label="Comment"
        placeholder="Comment"
        autosize
        minRows={1}
        maxRows={8}
        className={classes.input}
        onKeyDown={onKeyDown}
        {...form.getInputProps('content')}
      />
      <Button type="submit" loading={saving}>
        Comment
      </Button>
      {problem && <Problem>{problem}</Problem>}
    </form>
  )
}
