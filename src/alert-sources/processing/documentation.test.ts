import { describe, it } from 'vitest'
// @ts-expect-error the bundler of the tests reads it as text
import documentation from '../../../docs/templates-and-rules.md?raw'
import { readTool } from '../doors/read-tool.ts'
import { genericJson } from '../tools/generic-json.ts'
import { toolRequest } from '../tools/tool-request.ts'
import { checkCondition, checkTemplate } from './check.ts'
import { conditionVariables } from './condition-values.ts'
import { evaluateCondition } from './conditions.ts'
import { CONTEXT } from './processing.fixtures.ts'
import { renderTemplate } from './templates.ts'
import { type Variables, variablesOf } from './variables.ts'

/** What is between ``` of a language. */
function examples(language: string): string[] {
  const fences = (documentation as string).matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\n\`\`\``, 'g'))
  return Array.from(fences, ([, text = '']) => text)
}

async function documented(): Promise<Variables> {
  const request = toolRequest({ method: 'POST', headers: {}, query: {}, body: examples('json')[0] ?? '' })
  const read = await readTool(genericJson, request)
  if (!('events' in read) || !read.events[0]) throw new Error('The documented event can’t be read')
  return variablesOf(read.events[0], CONTEXT)
}

describe('the examples of docs/templates-and-rules.md', () => {
  it('render what they say', async ({ expect }) => {
    const variables = await documented()
    const templates = examples('liquid')
    expect(templates.length).toBeGreaterThan(8)
    for (const example of templates) {
      const [template = '', rendered] = example.split('\n→ ')
      expect(checkTemplate(template), template).toBeNull()
      expect(renderTemplate(template, variables), template).toEqual({ text: rendered })
    }
  })

  it('hold, or not, as they say', async ({ expect }) => {
    const variables = conditionVariables(await documented())
    const conditions = examples('cel')
    expect(conditions.length).toBeGreaterThan(12)
    for (const example of conditions) {
      const [condition = '', holds] = example.split('\n→ ')
      expect(checkCondition(condition), condition).toBeNull()
      expect(evaluateCondition(condition, variables), condition).toEqual({ holds: holds === 'true' })
    }
  })

  it('that can’t be decided can’t', async ({ expect }) => {
    expect(evaluateCondition('payload.attempts + 1 > 3', conditionVariables(await documented()))).toHaveProperty(
      'undecided',
    )
  })
})
