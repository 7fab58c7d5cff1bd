import { Button, Input } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useEffect, useRef } from 'react'
import { LIMITS } from '../../../../limits.ts'
import { serverNow } from '../../../parts/clock.ts'
import { PlusIcon } from '../../../parts/icons.tsx'
import { copyOf, type Draft, newLayer } from './draft.ts'
import { LayerFields } from './LayerFields.tsx'
import classes from './Layers.module.css'
import type { StoredLayer } from './turn-now.ts'
import { lastMondayMorning } from './wall-clock.ts'

/** The layers of a rotation, in the order in which they lie over each other. */
export function Layers({ form, stored }: { form: UseFormReturnType<Draft>; stored: StoredLayer[] }) {
  const list = useRef<HTMLOListElement>(null)
  const focusNext = useRef<string[]>([])
  const { scheduleLayers: layers, timezone } = form.values

  // What was done is gone on with by keyboard: a moved layer keeps the focus, a new one gets it.
  useEffect(() => {
    const wanted = focusNext.current
    focusNext.current = []
    for (const selector of wanted) {
      const found = list.current?.querySelector<HTMLElement>(`${selector}:not(:disabled)`)
      if (found) return found.focus()
    }
  })

  const move = (from: number, to: number) => {
    const [same, other] = to < from ? ['up', 'down'] : ['down', 'up']
    focusNext.current = [`[data-layer-act="${same} ${to}"]`, `[data-layer-act="${other} ${to}"]`]
    form.reorderListItem('scheduleLayers', { from, to })
  }
  const insert = (layer: Draft['scheduleLayers'][number], at: number) => {
    focusNext.current = [`:scope > :nth-child(${at + 1}) input`]
    form.insertListItem('scheduleLayers', layer, at)
  }

  return (
    <section aria-label="Layers">
      <h2 className={classes.heading}>Layers</h2>
      <p className="dim small">
        People take turns in each layer. Where several cover the same time, the lower one wins: the last layer beats
        all.
      </p>
      <ol ref={list} className={classes.layers}>
        {layers.map((layer, index) => (
          <LayerFields
            key={layer.key}
            form={form}
            index={index}
            stored={stored.find(({ id }) => id === layer.id)}
            onMove={(to) => move(index, to)}
            onDuplicate={() => insert(copyOf(layer, index + 1), index + 1)}
            onRemove={() => {
              focusNext.current = [`[data-layer-act="remove ${index}"]`, `[data-layer-act="remove ${index - 1}"]`]
              form.removeListItem('scheduleLayers', index)
            }}
          />
        ))}
      </ol>
      {form.errors.scheduleLayers && <Input.Error>{form.errors.scheduleLayers}</Input.Error>}
      <Button
        mt="sm"
        leftSection={<PlusIcon />}
        disabled={layers.length >= LIMITS.layersPerSchedule}
        onClick={() => insert(newLayer(lastMondayMorning(serverNow(), timezone)), layers.length)}
      >
        Add layer
      </Button>
    </section>
  )
}
