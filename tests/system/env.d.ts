import type { D1Migration } from '@cloudflare/vitest-plugin'
import type { Env } from '../../src/env.ts'

// What `env` of cloudflare:workers holds in the tests.
declare global {
  namespace Cloudflare {
    interface Env extends TestEnv {}
    interface GlobalProps {
      mainModule: typeof import('../../src/worker.ts')
    }
  }
}

interface TestEnv extends Env {
  MIGRATIONS: D1Migration[]
}
