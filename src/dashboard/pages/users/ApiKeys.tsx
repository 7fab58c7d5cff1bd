import { ActionIcon, Button, Stack, TextInput } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ApiKey, apiKeysQuery, createApiKey, revokeApiKey } from '../../data/users.ts'
import { CopyField } from '../../parts/CopyField.tsx'
import { DeleteDialog } from '../../parts/DeleteDialog.tsx'
import { useSchemaForm } from '../../parts/form.ts'
import { TrashIcon } from '../../parts/icons.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import { ExactTime, RelativeTime } from '../../parts/time.tsx'
import classes from './InlineForm.module.css'

/** For scripts and tools: they act as this user. */
export function ApiKeys() {
  const queryClient = useQueryClient()
  const { data: keys } = useSuspenseQuery(apiKeysQuery)
  const [created, setCreated] = useState<{ name: string; key: string } | null>(null)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const refetch = () => queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey })
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/user.ts')).apiKeyInput,
    initialValues: { name: '' },
    save: ({ name }) => createApiKey(name),
    onSaved: (key) => {
      form.reset()
      setCreated(key)
      refetch()
    },
  })

  return (
    <Stack gap="sm">
      <p className="dim">With a key, scripts use the REST API as you: Authorization: Bearer &lt;key&gt;.</p>
      {keys.length > 0 && (
        <Rows label="API keys">
          {keys.map((key) => (
            <Row
              key={key.id}
              title={key.name}
              actions={
                <ActionIcon aria-label={`Revoke ${key.name}`} onClick={() => setRevoking(key)}>
                  <TrashIcon />
                </ActionIcon>
              }
            >
              made <ExactTime instant={key.createdAt} /> ·{' '}
              {key.lastUsedAt ? (
                <>
                  used <RelativeTime instant={key.lastUsedAt} />
                </>
              ) : (
                'never used'
              )}
            </Row>
          ))}
        </Rows>
      )}
      {created && (
        <div role="status">
          <p>The key {created.name}, shown only now:</p>
          <CopyField label="API key" value={created.key} />
        </div>
      )}
      <form {...formProps} className={classes.form}>
        <TextInput
          className={classes.input}
          aria-label="Name of the new API key"
          placeholder="What it is for"
          {...form.getInputProps('name')}
        />
        <Button type="submit" loading={saving}>
          Create API key
        </Button>
        {problem && <Problem>{problem}</Problem>}
      </form>
      {revoking && (
        <DeleteDialog
          title={`Revoke ${revoking.name}?`}
          confirm="Revoke"
          act={() => revokeApiKey(revoking.id)}
          onDone={() => {
            setRevoking(null)
            refetch()
          }}
          onClose={() => setRevoking(null)}
        >
          Whatever uses it is refused from then on.
        </DeleteDialog>
      )}
    </Stack>
  )
}
