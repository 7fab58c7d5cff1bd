import { it } from 'vitest'
import { emptyDeployment } from './test-client.ts'
it('x', async () => {
  const nobody = await emptyDeployment()
  const r = await nobody.raw('GET', '/api-docs/openapi.json')
  console.log(r.status, JSON.stringify(await r.json()))
  console.log(JSON.stringify([...r.headers]))
})
