import { ActionIcon } from '@mantine/core'
import { Fragment, type ReactNode, useState } from 'react'
import { PencilIcon, TrashIcon } from '../../parts/icons.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import classes from './EditableList.module.css'

interface EditableListProps<Item> {
  label: string
  items: Item[]
  /** What it says where there are none. */
  empty: string
  editable: boolean
  /** What a row says, and its buttons are named by. */
  textOf: (item: Item) => string
  icon: (item: Item) => ReactNode
  state?: (item: Item) => ReactNode
  /** Changes an item in its place; null: adds one. */
  form: (item: Item | null, done: FormEnd) => ReactNode
  onRemove: (item: Item) => void
  removing?: Item | undefined
}

interface FormEnd {
  onSaved: () => void
  /** Not where one is added. */
  onCancel?: () => void
}

/** Some things of a person's, each changed in its place, and one more added below. */
export function EditableList<Item extends { id: number }>(props: EditableListProps<Item>) {
  const { label, items, empty, editable, textOf, icon, state, form, onRemove, removing } = props
  const [editing, setEditing] = useState<number | null>(null)
  const stop = () => setEditing(null)
  return (
    <>
      {items.length === 0 && <p className="dim">{empty}</p>}
      {items.length > 0 && (
        <Rows label={label}>
          {items.map((item) =>
            editing === item.id ? (
              <li key={item.id} className={classes.editing}>
                {form(item, { onSaved: stop, onCancel: stop })}
              </li>
            ) : (
              <Row
                key={item.id}
                title={
                  <span className={classes.target}>
                    {icon(item)} {textOf(item)}
                  </span>
                }
                state={state?.(item)}
                actions={
                  editable && (
                    <>
                      <ActionIcon aria-label={`Edit: ${textOf(item)}`} onClick={() => setEditing(item.id)}>
                        <PencilIcon />
                      </ActionIcon>
                      <ActionIcon
                        aria-label={`Remove: ${textOf(item)}`}
                        loading={removing?.id === item.id}
                        onClick={() => onRemove(item)}
                      >
                        <TrashIcon />
                      </ActionIcon>
                    </>
                  )
                }
              />
            ),
          )}
        </Rows>
      )}
      {editable && (
        <div className={classes.add}>
          {/* The form to add one begins anew when there is one more. */}
          <Fragment key={items.length}>{form(null, { onSaved: stop })}</Fragment>
        </div>
      )}
    </>
  )
}
