import { ActionIcon, Button, Stack, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { LIMITS } from '../../../../limits.ts'
import { PlusIcon, TrashIcon } from '../../../parts/icons.tsx'
import { Empty } from '../../../parts/Notice.tsx'
import { type Draft, inputOfDraft, newLink, type TextTemplate } from './draft.ts'
import classes from './ProcessingForm.module.css'
import { TEMPLATES } from './template-words.ts'

const EXAMPLE = {
  summary: '{% if payload.host %}{{ payload.host }}: {% endif %}{{ event.summary }}',
  details: '',
  incidentKey: '',
  priority: '',
  severity: '',
}

/** What is rendered takes the field's place; a template that renders nothing leaves it as it came. */
export function TemplateFields({ form }: { form: UseFormReturnType<Draft> }) {
  const { links } = form.values.templates
  const none = inputOfDraft(form.values).templates === null
  return (
    <section aria-label="Templates">
      <h2 className={classes.heading}>Templates</h2>
      <Stack gap="md">
        {none && (
          <Empty title="No templates: fields are as the tool’s reader finds them">
            <Button onClick={() => form.setFieldValue('templates', { ...EXAMPLE, links })}>Insert an example</Button>
          </Empty>
        )}
        {Object.entries(TEMPLATES).map(([name, { label, description, placeholder }]) => (
          <Textarea
            key={name}
            label={label}
            description={description}
            placeholder={placeholder}
            autosize
            minRows={1}
            maxRows={12}
            maxLength={LIMITS.templateCharacters}
            spellCheck={false}
            classNames={{ input: classes.code }}
            {...form.getInputProps(`templates.${name as TextTemplate}`)}
          />
        ))}
        {links.length > 0 && (
          <ul className={classes.links} aria-label="Links">
            {links.map(({ key }, index) => (
              <LinkFields key={key} form={form} index={index} />
            ))}
          </ul>
        )}
        <div>
          <Button
            leftSection={<PlusIcon />}
            disabled={links.length >= LIMITS.linkTemplatesPerSource}
            onClick={() => form.insertListItem('templates.links', newLink())}
          >
            Add link
          </Button>
        </div>
      </Stack>
    </section>
  )
}

function LinkFields({ form, index }: { form: UseFormReturnType<Draft>; index: number }) {
  const path = `templates.links.${index}` as const
  return (
    <li className={classes.link}>
      <TextInput
        label={`Link ${index + 1}: address`}
        placeholder="https://wiki.example.com/{{ payload.check }}"
        maxLength={LIMITS.templateCharacters}
        spellCheck={false}
        classNames={{ input: classes.code }}
        {...form.getInputProps(`${path}.href`)}
      />
      <TextInput
        label="Text"
        placeholder="Runbook"
        maxLength={LIMITS.templateCharacters}
        {...form.getInputProps(`${path}.text`)}
      />
      <ActionIcon aria-label={`Remove link ${index + 1}`} onClick={() => form.removeListItem('templates.links', index)}>
        <TrashIcon />
      </ActionIcon>
    </li>
  )
}
