import type { D1Migration } from '@cloudflare/vitest-plugin'
import type { Env } from '../../src/env.ts'
import type { SmtpDoubles } from '../doubles/smtp.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the carriers' doubles listen. */
    carriers: string
    smtp: SmtpDoubles
  }
}

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
