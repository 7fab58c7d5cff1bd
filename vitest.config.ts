import { mkdirSync } from 'node:fs'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

// The Worker's assets; the tests inside the Workers runtime ask for none, but the folder has to be there.
mkdirSync('dist/dashboard', { recursive: true })

export default defineConfig({
  test: {
    // What the product logs is of interest where a test fails.
    silent: 'passed-only',
    projects: [
      {
        // Rules, objects, API and the whole system, inside the Workers runtime.
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                MIGRATIONS: await readD1Migrations('migrations'),
                SECRET: 'a secret of the tests, long enough to be taken',
                SETUP_SECRET: 'the set-up secret of the tests',
                PUBLIC_URL: 'https://tocsin.example.com',
                MAIL_DOMAIN: 'alerts.example.com',
                TWILIO_AUTH_TOKEN: 'twilio auth token of the tests',
                SANDBOX: '1',
                DEMO: '1',
              },
            },
          })),
        ],
        test: {
          name: 'workers',
          globalSetup: ['tests/doubles/setup.ts'],
          testTimeout: 20_000,
          include: ['src/**/*.test.ts', 'durable-objects/**/*.test.ts', 'tests/system/**/*.test.ts'],
        },
      },
      {
        // The built product in a process of its own, over real HTTP: pages in a browser, and the process killed.
        test: {
          name: 'product',
          include: ['tests/{browser,clients,crash}/**/*.test.ts', 'scripts/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
