import { describe, expect, it } from 'vitest'
import { jenkins } from './jenkins.ts'
import { eventsOf, ignoredOf } from './reading.fixtures.ts'
import { Unreadable } from './tool.ts'

const job = (build: object) => ({
  ...{ name: 'shop', display_name: 'Shop', url: 'job/shop/' },
  build: { full_url: 'https://jenkins.example.com/job/shop/18/', number: 18, phase: 'FINALIZED', ...build },
})

describe("Jenkins' Notification plugin", () => {
  it('reports a failed build', async () => {
    expect(await eventsOf(jenkins, job({ status: 'FAILURE', scm: { branch: 'origin/main' } }))).toMatchObject([
      {
        ...{ type: 'ALERT', key: 'https://jenkins.example.com/job/shop/', summary: 'Shop #18 failure', severity: 2 },
        links: [{ href: 'https://jenkins.example.com/job/shop/18/', text: 'Build' }],
        labels: { severity: 'failure', job: 'shop', branch: 'origin/main' },
      },
    ])
    expect(await eventsOf(jenkins, job({ status: 'UNSTABLE' }))).toMatchObject([{ type: 'ALERT', severity: 3 }])
  })

  it('resolves with the next success of the same job', async () => {
    const next = { status: 'SUCCESS', number: 19, full_url: 'https://jenkins.example.com/job/shop/19/' }
    expect(await eventsOf(jenkins, job(next))).toMatchObject([
      { type: 'RESOLVE', key: 'https://jenkins.example.com/job/shop/' },
    ])
  })

  it('knows the job where Jenkins does not know its own address', async () => {
    expect(await eventsOf(jenkins, job({ status: 'FAILURE', full_url: undefined }))).toMatchObject([
      { key: 'job/shop/' },
    ])
  })

  it.each([
    { phase: 'STARTED', status: 'FAILURE' },
    { phase: 'QUEUED' },
    { status: 'ABORTED' },
    { status: 'NOT_BUILT' },
    {},
  ])('says nothing with %o', (build) => {
    expect(ignoredOf(jenkins, job(build))).toMatch(/^The build/)
  })

  it('is nothing else', async () => {
    await expect(eventsOf(jenkins, { name: 'shop' })).rejects.toThrow(Unreadable)
  })
})
