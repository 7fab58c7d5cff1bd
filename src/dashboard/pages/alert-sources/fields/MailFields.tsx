import { Button, Fieldset, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import type { FormErrors } from '@mantine/form'
import type * as z from 'zod'
import type { alertSourceInput } from '../../../../api/schemas/alert-source.ts'
import { PlusIcon, TrashIcon } from '../../../parts/icons.tsx'

type Input = z.input<typeof alertSourceInput>
type Predicate = NonNullable<Input['emailPredicates']>[number]
type Extractor = NonNullable<Input['resolveKeyExtractor']>

export type MailValue = Pick<
  Input,
  'emailPredicates' | 'filterOperator' | 'emailResolvePredicates' | 'resolveFilterOperator' | 'resolveKeyExtractor'
>

const FIELDS: Record<Predicate['field'], string> = {
  EMAIL_SUBJECT: 'Subject',
  EMAIL_BODY: 'Body',
  EMAIL_FROM: 'Sender',
}

const CRITERIA: Record<Predicate['criteria'], string> = {
  CONTAINS_STRING: 'contains',
  CONTAINS_NOT_STRING: 'does not contain',
  CONTAINS_ANY_WORDS: 'contains one of the words',
  CONTAINS_NOT_WORDS: 'contains none of the words',
  IS_STRING: 'is',
  IS_NOT_STRING: 'is not',
  MATCHES_REGEX: 'matches the pattern',
  MATCHES_NOT_REGEX: 'does not match the pattern',
}

const KEYS: Record<Extractor['criteria'], string> = {
  MATCHES_REGEX: 'is what the pattern’s first group matches',
  ALL_TEXT_BEFORE: 'is all before',
  ALL_TEXT_AFTER: 'is all after',
}

interface MailFieldsProps {
  value: MailValue
  onChange: (value: MailValue) => void
  errors: FormErrors
}

/** Which mails are taken, which resolve, and what makes two mails the same problem. */
export function MailFields({ value, onChange, errors }: MailFieldsProps) {
  const change = (changed: MailValue) => onChange({ ...value, ...changed })
  const extractor = value.resolveKeyExtractor
  return (
    <Stack gap="md">
      <Predicates
        legend="Only mails that pass are taken"
        none="Every mail is taken."
        path="emailPredicates"
        predicates={value.emailPredicates ?? []}
        operator={value.filterOperator ?? 'AND'}
        onChange={(emailPredicates, filterOperator) => change({ emailPredicates, filterOperator })}
        errors={errors}
      />
      <Predicates
        legend="Mails that resolve"
        none="No mail resolves: people do, or the time set below."
        path="emailResolvePredicates"
        predicates={value.emailResolvePredicates ?? []}
        operator={value.resolveFilterOperator ?? 'AND'}
        onChange={(emailResolvePredicates, resolveFilterOperator) =>
          change({ emailResolvePredicates, resolveFilterOperator })
        }
        errors={errors}
      />
      <Fieldset legend="What makes it the same problem">
        <NativeSelect
          label="Incident key"
          value={extractor ? extractor.field : ''}
          onChange={({ currentTarget }) =>
            change({
              resolveKeyExtractor: currentTarget.value
                ? {
                    ...(extractor ?? { criteria: 'MATCHES_REGEX', value: '' }),
                    field: currentTarget.value as Extractor['field'],
                  }
                : null,
            })
          }
          data={[
            { value: '', label: 'The subject, or the thread' },
            ...options(FIELDS).map(({ value: field, label }) => ({
              value: field,
              label: `A part of the ${label.toLowerCase()}`,
            })),
          ]}
        />
        {extractor && (
          <Group gap="xs" mt="xs" align="flex-start">
            <NativeSelect
              aria-label="How the key is found"
              value={extractor.criteria}
              onChange={({ currentTarget }) =>
                change({
                  resolveKeyExtractor: { ...extractor, criteria: currentTarget.value as Extractor['criteria'] },
                })
              }
              data={options(KEYS)}
            />
            <TextInput
              aria-label="Text or pattern of the key"
              placeholder={extractor.criteria === 'MATCHES_REGEX' ? 'problem ID: (\\d+)' : 'is CRITICAL'}
              value={extractor.value}
              onChange={({ currentTarget }) =>
                change({ resolveKeyExtractor: { ...extractor, value: currentTarget.value } })
              }
              error={errors['resolveKeyExtractor.value']}
              flex="1 1 200px"
            />
          </Group>
        )}
        {extractor && <p className="dim">A mail in which it is not found is dropped, and the log says so.</p>}
      </Fieldset>
    </Stack>
  )
}

interface PredicatesProps {
  legend: string
  none: string
  path: string
  predicates: Predicate[]
  operator: 'AND' | 'OR'
  onChange: (predicates: Predicate[], operator: 'AND' | 'OR') => void
  errors: FormErrors
}

function Predicates({ legend, none, path, predicates, operator, onChange, errors }: PredicatesProps) {
  const replace = (index: number, changed: Partial<Predicate>) =>
    onChange(
      predicates.map((predicate, at) => (at === index ? { ...predicate, ...changed } : predicate)),
      operator,
    )
  return (
    <Fieldset legend={legend}>
      <Stack gap="xs">
        {predicates.length === 0 && <p className="dim">{none}</p>}
        {predicates.length > 1 && (
          <NativeSelect
            aria-label={`${legend}: how many conditions must hold`}
            value={operator}
            onChange={({ currentTarget }) => onChange(predicates, currentTarget.value as 'AND' | 'OR')}
            data={[
              { value: 'AND', label: 'All of these hold' },
              { value: 'OR', label: 'One of these holds' },
            ]}
            w={200}
          />
        )}
        {predicates.map(({ field, criteria, value }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no other identity
          <Group key={index} gap="xs" align="flex-start">
            <NativeSelect
              aria-label={`Condition ${index + 1}: part of the mail`}
              value={field}
              onChange={({ currentTarget }) => replace(index, { field: currentTarget.value as Predicate['field'] })}
              data={options(FIELDS)}
            />
            <NativeSelect
              aria-label={`Condition ${index + 1}: comparison`}
              value={criteria}
              onChange={({ currentTarget }) =>
                replace(index, { criteria: currentTarget.value as Predicate['criteria'] })
              }
              data={options(CRITERIA)}
            />
            <TextInput
              aria-label={`Condition ${index + 1}: text`}
              value={value}
              onChange={({ currentTarget }) => replace(index, { value: currentTarget.value })}
              error={errors[`${path}.${index}.value`]}
              flex="1 1 160px"
            />
            <Button
              variant="subtle"
              aria-label={`Remove condition ${index + 1}`}
              onClick={() => onChange(predicates.toSpliced(index, 1), operator)}
            >
              <TrashIcon />
            </Button>
          </Group>
        ))}
        <Button
          variant="subtle"
          leftSection={<PlusIcon />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() =>
            onChange([...predicates, { field: 'EMAIL_SUBJECT', criteria: 'CONTAINS_STRING', value: '' }], operator)
          }
        >
          Add a condition
        </Button>
      </Stack>
    </Fieldset>
  )
}

function options<Value extends string>(labels: Record<Value, string>) {
  return (Object.entries(labels) as [Value, string][]).map(([value, label]) => ({ value, label }))
}
