import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { genericJson } from '../src/alert-sources/tools/generic-json.ts'
import { DIRECTORY, stalePages, toolPages } from './tool-docs.ts'

const WHAT_TO_DO = 'docs/alert-sources is not what the tools declare: run `npm run docs`'

describe("the tools' pages in the docs", () => {
  it.each([...toolPages()])('say what the declarations say: %s', async (name, text) => {
    const committed = await readFile(join(DIRECTORY, name), 'utf8').catch(() => '')
    expect(committed === text, WHAT_TO_DO).toBe(true)
  })

  it('are of tools that there are', async () => {
    expect(await stalePages(toolPages()), WHAT_TO_DO).toEqual([])
  })
})

describe('a page', () => {
  const declared = {
    ...genericJson,
    ...{ id: 'some-tool', name: 'Some Tool', otherIds: ['st'], resolves: false, about: 'Reports | problems.' },
    setup: ({ url }: { url: string }) => [
      { text: 'Paste it.', snippet: { language: 'text' as const, code: `${url}\n\n\`\`\`\n`, caption: 'URL' } },
      { text: 'That is all.' },
    ],
    signature: { secretName: 'Token', verify: async () => true },
    sample: { body: '{"a":1}', headers: { 'x-name': "it's" }, query: { q: 'a b' } },
  }
  const pages = toolPages([declared])
  const page = pages.get('some-tool.md') ?? ''

  it('has the address, the steps and how to sign', () => {
    expect(page).toContain('# Some Tool\n\nReports | problems.')
    expect(page).toContain('`https://tocsin.example.com/api/v1/events/some-tool/INTEGRATION-KEY`')
    expect(page).toContain('`st` is taken too')
    expect(page).toContain('never says that a problem is over')
    expect(page).toContain('2. That is all.')
    expect(page).toContain('**Token**')
  })

  it('keeps a snippet within its step, and within its fence', () => {
    const address = 'https://tocsin.example.com/api/v1/events/some-tool/INTEGRATION-KEY'
    expect(page).toContain(`1. Paste it.\n\n   URL:\n\n   \`\`\`\`\n   ${address}\n\n   \`\`\`\n   \`\`\`\`\n\n2.`)
  })

  it('has a request to try it with', () => {
    expect(page).toContain(
      "INTEGRATION-KEY?q=a+b' \\\n  -H 'content-type: application/json' \\\n  -H 'x-name: it'\\''s'",
    )
    expect(page).toContain('<<\'END\'\n{\n  "a": 1\n}\nEND')
  })

  it('is in the list', () => {
    expect(pages.get('README.md')).toContain('| [Some Tool](some-tool.md) | Reports \\| problems. | no |')
  })
})
