/**
 * An object's own tables, brought up to date by numbered migrations when the object is first used by newer code.
 *
 * The number lives in the object's key-value side, because SQLite's `PRAGMA user_version` is not allowed there.
 */
export function migrate(storage: DurableObjectStorage, migrations: readonly string[]): void {
  const applied = storage.kv.get<number>('schema') ?? 0
  if (applied >= migrations.length) return
  for (const migration of migrations.slice(applied)) storage.sql.exec(migration)
  storage.kv.put('schema', migrations.length)
}

/** Whether the object has ever kept anything. */
export function isInUse(storage: DurableObjectStorage): boolean {
  return storage.kv.get('schema') !== undefined
}
