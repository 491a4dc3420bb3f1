// The room's tables. One row per message; an index on version answers "what changed since" [R4].

/** Creates what is missing; safe to run at every start. */
export function createTables(sql: SqlStorage): void {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS room (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      name TEXT NOT NULL,
      access TEXT NOT NULL CHECK (access IN ('open', 'private')),
      owner_id TEXT,
      invite TEXT NOT NULL,
      cleared_seq INTEGER NOT NULL DEFAULT 0,
      cleared_version INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE IF NOT EXISTS member (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('owner', 'member', 'removed')),
      joined_at INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS message (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      version INTEGER NOT NULL,
      author_id TEXT NOT NULL,
      author_name TEXT NOT NULL,
      author_kind TEXT NOT NULL CHECK (author_kind IN ('person', 'agent')),
      status TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      reply_to TEXT,
      parts TEXT NOT NULL,
      failure TEXT,
      tries INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX IF NOT EXISTS message_version ON message (version);
  `)
}
