import { Rest } from './rest.ts'

export interface FirstAdministrator {
  firstName: string
  lastName: string
  email: string
  password: string
}

/** Sets up an empty deployment as its first administrator would, and returns an API key of theirs. */
export async function setUp(
  url: string,
  secret: string,
  administrator: FirstAdministrator,
  organisation: string,
): Promise<string> {
  await new Rest(url).post('/setup', { ...administrator, secret, organisation })
  const browser = await Rest.signIn(url, administrator.email, administrator.password)
  const { key } = await browser.post<{ key: string }>('/api-keys', { name: organisation })
  return key
}
