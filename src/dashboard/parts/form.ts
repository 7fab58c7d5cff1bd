import { type FormErrors, useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type * as z from 'zod'
import { ApiProblem } from '../api.ts'

type ObjectSchema = z.ZodType<Record<string, unknown>, Record<string, unknown>>

interface SchemaForm<Schema extends ObjectSchema, Saved> {
  /** Fetched when it is first needed: validation is a seventh of what a page with a form would load. */
  schema: () => Promise<Schema>
  initialValues: z.input<Schema>
  save: (input: z.output<Schema>) => Promise<Saved>
  onSaved: (saved: Saved) => void
}

/** A form over the schema that the API validates with. An error sits at its field, whether found here or by the API. */
export function useSchemaForm<Schema extends ObjectSchema, Saved>(options: SchemaForm<Schema, Saved>) {
  const { schema, initialValues, save, onSaved } = options
  const form = useForm<z.input<Schema>>({ initialValues })
  const element = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState<string | null>(null)

  const { mutate, isPending, error } = useMutation({
    mutationFn: async (values: z.input<Schema>) => save(await parseFields(schema, values)),
    onMutate: () => setProblem(null),
    onSuccess: onSaved,
    onError: (refusal) => form.setErrors(errorsByField(refusal)),
  })

  // Once the errors are rendered, the first one is gone to; what has no field here is said below.
  useEffect(() => {
    if (!error) return
    const field = element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (field) field.focus()
    else setProblem(error.message)
  }, [error])

  return {
    form,
    saving: isPending,
    /** What is wrong with the whole, or with something that this form has no field for. */
    problem,
    formProps: {
      ref: element,
      noValidate: true,
      onSubmit: (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault()
        if (!isPending) mutate(form.getValues())
      },
    },
  }
}

class InvalidInput extends Error {
  readonly errors: FormErrors

  constructor(issues: z.core.$ZodIssue[]) {
    super(issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '))
    this.errors = Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]).reverse())
  }
}

/** What the fields say, by the schema; throws when they don't satisfy it. */
export async function parseFields<Schema extends ObjectSchema>(load: () => Promise<Schema>, values: z.input<Schema>) {
  const parsed = (await load()).safeParse(values, { error: plainWords })
  if (!parsed.success) throw new InvalidInput(parsed.error.issues)
  return parsed.data
}

/** By path, such as `escalationRules.0.users`. The last one is of the first field. */
export function errorsByField(error: Error): FormErrors {
  if (error instanceof InvalidInput) return error.errors
  return error instanceof ApiProblem && error.field ? { [fieldPath(error.field)]: error.message } : {}
}

/** The API names fields as `escalationRules[0].users`. */
function fieldPath(field: string): string {
  return field.replace(/\[(\d+)\]/g, '.$1')
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
