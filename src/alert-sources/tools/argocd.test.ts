import { describe, expect, it } from 'vitest'
import { argocd } from './argocd.ts'
import { eventsOf, ignoredOf } from './reading.fixtures.ts'

const URL = 'https://argocd.example.com/applications/argocd/shop'
const app = (fields: object) => ({ app: 'shop', namespace: 'argocd', project: 'default', url: URL, ...fields })

describe('an application of Argo CD', () => {
  it.each([
    [{ health: 'Degraded', sync: 'Synced', phase: 'Succeeded' }, 'shop is degraded', 'Degraded'],
    [{ health: 'Healthy', sync: 'OutOfSync', phase: 'Failed' }, 'shop failed to sync', 'Failed'],
    [{ health: 'Healthy', sync: 'Synced', phase: 'Error' }, 'shop failed to sync', 'Error'],
    [{ health: 'Healthy', sync: 'Unknown' }, 'shop can’t be compared with its source', 'Unknown'],
  ])('with %o is a problem', async (fields, summary, severity) => {
    expect(await eventsOf(argocd, app(fields))).toMatchObject([
      { ...{ type: 'ALERT', key: URL, summary, severity: 2 }, labels: { severity, app: 'shop', project: 'default' } },
    ])
  })

  it('resolves when all is well again', async () => {
    const body = app({ health: 'Healthy', sync: 'Synced', phase: 'Succeeded' })
    expect(await eventsOf(argocd, body)).toMatchObject([{ type: 'RESOLVE', key: URL, severity: null }])
  })

  it('says nothing while it changes', () => {
    expect(ignoredOf(argocd, app({ health: 'Progressing', phase: 'Running' }))).toContain('Progressing')
  })

  it('must have a name', async () => {
    await expect(eventsOf(argocd, { health: 'Degraded' })).rejects.toMatchObject({ field: 'app' })
  })
})
