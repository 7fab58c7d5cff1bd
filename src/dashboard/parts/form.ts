import { type FormErrors, useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type * as z from 'zod'
import { ApiProblem } from '../api.ts'

interface SchemaForm<Schema extends z.ZodType<Record<string, unknown>, Record<string, unknown>>, Saved> {
  schema: Schema
  initialValues: z.input<Schema>
  save: (input: z.output<Schema>) => Promise<Saved>
  onSaved: (saved: Saved) => void
}

/** A form over the schema that the API validates with. An error sits at its field, whether found here or by the API. */
export function useSchemaForm<Schema extends z.ZodType<Record<string, unknown>, Record<string, unknown>>, Saved>({
  schema,
  initialValues,
  save,
  onSaved,
}: SchemaForm<Schema, Saved>) {
  const form = useForm<z.input<Schema>>({
    initialValues,
    validate: (values) => errorsByField(schema, values),
    validateInputOnBlur: false,
    onSubmitPreventDefault: 'always',
  })
  const mutation = useMutation({
    mutationFn: (values: z.input<Schema>) => save(schema.parse(values)),
    onSuccess: (saved) => {
      form.resetDirty()
      onSaved(saved)
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.field) form.setFieldError(fieldPath(error.field), error.message)
    },
  })
  const { error } = mutation
  const problem = error && !(error instanceof ApiProblem && error.field) ? error.message : null

  return {
    form,
    saving: mutation.isPending,
    /** What is wrong with the whole rather than with a field, or with a field that this form does not show. */
    problem: problem ?? null,
    onSubmit: (event: FormEvent<HTMLFormElement>) => {
      const element = event.currentTarget
      form.onSubmit(
        (values) => mutation.mutate(values),
        () => focusFirstError(element),
      )(event)
    },
  }
}

export function errorsByField(schema: z.ZodType, values: unknown): FormErrors {
  const parsed = schema.safeParse(values, { error: plainWords })
  const errors: FormErrors = {}
  for (const { path, message } of parsed.error?.issues ?? []) errors[path.join('.')] ??= message
  return errors
}

/** The API names fields as `escalationRules[0].users` or `escalationRules.0.users`. */
function fieldPath(field: string): string {
  return field.replace(/\[(\d+)\]/g, '.$1')
}

function focusFirstError(form: HTMLFormElement) {
  // The errors are rendered first.
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"], [data-error="true"]')?.focus())
}

/** What zod says about a field that has no message of its own, for people. */
function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null || issue.input === ''
        ? 'must be filled in'
        : `must be a ${issue.expected === 'int' ? 'whole number' : issue.expected}`
    case 'invalid_value':
      return 'must be chosen'
    case 'too_small':
      return issue.origin === 'string'
        ? `needs at least ${issue.minimum} characters`
        : `must be at least ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'string' ? `at most ${issue.maximum} characters` : `at most ${issue.maximum}`
  }
}
