// Brings a local D1 up to date, the way `wrangler d1 migrations apply` does: same table, same order.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Applies what is new in `directory`. Each file is applied whole or not at all. */
export async function migrate(database, directory) {
  await database
    .prepare(
      'CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)',
    )
    .run()
  const { results } = await database.prepare('SELECT name FROM d1_migrations').all()
  const applied = new Set(results.map(({ name }) => name))
  const files = readdirSync(directory).filter((name) => name.endsWith('.sql'))
  for (const name of files.sort()) {
    if (applied.has(name)) continue
    const statements = statementsOf(readFileSync(join(directory, name), 'utf8')).map((sql) => database.prepare(sql))
    await database.batch([...statements, database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name)])
  }
}

/** Our migrations hold no triggers and no semicolon or `--` inside a text, so this is all the parsing they need. */
function statementsOf(sql) {
  return sql
    .replace(/--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}
