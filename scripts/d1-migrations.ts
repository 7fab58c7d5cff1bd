import { readdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Miniflare } from 'miniflare'
import { type Unstable_Config, unstable_splitSqlQuery } from 'wrangler'

type Database = Awaited<ReturnType<Miniflare['getD1Database']>>

/**
 * Applies the migrations of every D1 database that `wrangler.toml` names, and records them in the table in which
 * `wrangler d1 migrations apply` records its own: either may follow the other on the same database.
 */
export async function applyMigrations(root: string, config: Unstable_Config, miniflare: Miniflare): Promise<void> {
  for (const { binding, migrations_dir: directory, migrations_table: table } of config.d1_databases) {
    if (directory) await migrate(await miniflare.getD1Database(binding), resolve(root, directory), table)
  }
}

async function migrate(database: Database, directory: string, table = 'd1_migrations'): Promise<void> {
  await database.exec(
    `CREATE TABLE IF NOT EXISTS "${table}" (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`,
  )
  const applied = await database.prepare(`SELECT name FROM "${table}"`).all<{ name: string }>()
  const names = new Set(applied.results.map(({ name }) => name))
  for (const file of await migrationFiles(directory)) {
    if (names.has(file)) continue
    const statements = unstable_splitSqlQuery(await readFile(resolve(directory, file), 'utf8'))
    // One batch is one transaction: a migration is applied and recorded, or neither.
    await database.batch([
      ...statements.map((statement) => database.prepare(statement)),
      database.prepare(`INSERT INTO "${table}" (name) VALUES (?)`).bind(file),
    ])
  }
}

/** In the order of their leading numbers. */
async function migrationFiles(directory: string): Promise<string[]> {
  const files = await readdir(directory)
  return files
    .filter((file) => file.endsWith('.sql'))
    .sort((left, right) => left.localeCompare(right, 'en', { numeric: true }))
}
