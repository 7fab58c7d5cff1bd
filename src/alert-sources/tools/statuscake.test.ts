import { describe, it } from 'vitest'
import { statusCake } from './statuscake.ts'
import { readOne } from './tool-request.fixtures.ts'

const fields = (Status: string) => ({
  ...{ Name: 'Shop', URL: 'https://shop.example.com/', Token: 'a'.repeat(32), StatusCode: '503', Status },
})

describe('StatusCake', () => {
  it('opens and resolves a check by its name, in any case of letters', ({ expect }) => {
    for (const status of ['Down', 'DOWN'])
      expect(readOne(statusCake, 'a=b', { form: fields(status) })).toMatchObject({
        ...{ type: 'ALERT', key: 'Shop', summary: 'Shop is down: status 503' },
      })
    for (const status of ['Up', 'UP'])
      expect(readOne(statusCake, 'a=b', { form: fields(status) })).toMatchObject({ type: 'RESOLVE', key: 'Shop' })
  })

  it('takes the same from a GET', ({ expect }) => {
    expect(readOne(statusCake, '', { query: fields('Down') }).key).toBe('Shop')
  })

  it('shows nobody the token', ({ expect }) => {
    expect(JSON.stringify(readOne(statusCake, 'a=b', { form: fields('Down') }))).not.toContain('aaaa')
  })

  it('says which field is missing', ({ expect }) => {
    expect(() => readOne(statusCake, '{}')).toThrow(/Status/)
  })
})
