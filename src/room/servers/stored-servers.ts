// What a room keeps of its servers beside their records: each tool as it was accepted and as it was found last, and what a server wants to be
// shown, sealed, whether it was typed or came of a sign-in there. Invariant: nothing of this is in a record or in an answer to anybody but the room's owner, and the sealed in none.
import type { ToolDefinition } from '../../agents/servers/definitions'

/** With what names it. */
export interface StoredTool {
  readonly definition: ToolDefinition
  readonly print: string
}

interface ToolRow extends Record<string, SqlStorageValue> {
  name: string
  definition: string
  print: string
}

type Which = 'accepted' | 'found'

export type SignInPart = 'challenge' | 'client' | 'begun' | 'grant'

export class StoredServers {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  /** In the order of their server. */
  tools(server: string, which: Which): readonly StoredTool[] {
    return (
      this.sql
        .exec<ToolRow>('SELECT name, definition, print FROM server_tool WHERE server_id = ? AND which = ? ORDER BY place', server, which)
        .toArray()
        // Rows are ours: a definition was read before it was written.
        .map(({ definition, print }) => ({ definition: JSON.parse(definition) as ToolDefinition, print }))
    )
  }

  setTools(server: string, which: Which, tools: readonly StoredTool[]): void {
    this.sql.exec('DELETE FROM server_tool WHERE server_id = ? AND which = ?', server, which)
    for (const [place, { definition, print }] of tools.entries()) {
      this.sql.exec(
        'INSERT INTO server_tool (server_id, which, name, place, definition, print) VALUES (?, ?, ?, ?, ?, ?)',
        server,
        which,
        definition.name,
        place,
        JSON.stringify(definition),
        print,
      )
    }
  }

  sealed(server: string): string | null {
    return this.sql.exec<{ sealed: string }>('SELECT sealed FROM server_secret WHERE server_id = ?', server).toArray()[0]?.sealed ?? null
  }

  setSealed(server: string, sealed: string): void {
    this.sql.exec('INSERT INTO server_secret (server_id, sealed) VALUES (?1, ?2) ON CONFLICT (server_id) DO UPDATE SET sealed = ?2', server, sealed)
  }

  /** Of a sign-in there: what was said of how, who we are there, what was begun, what came of it; sealed, but for the first. */
  signIn(server: string, what: SignInPart): string | null {
    return this.sql.exec<{ value: string }>('SELECT value FROM server_sign_in WHERE server_id = ? AND what = ?', server, what).toArray()[0]?.value ?? null
  }

  setSignIn(server: string, what: SignInPart, value: string): void {
    this.sql.exec(
      'INSERT INTO server_sign_in (server_id, what, value) VALUES (?1, ?2, ?3) ON CONFLICT (server_id, what) DO UPDATE SET value = ?3',
      server,
      what,
      value,
    )
  }

  /** True when it was this, and is gone by this very call. */
  takeSignIn(server: string, what: SignInPart, value: string): boolean {
    return this.sql.exec('DELETE FROM server_sign_in WHERE server_id = ? AND what = ? AND value = ?', server, what, value).rowsWritten > 0
  }

  forget(server: string): void {
    this.sql.exec('DELETE FROM server_sign_in WHERE server_id = ?', server)
    this.sql.exec('DELETE FROM server_tool WHERE server_id = ?', server)
    this.sql.exec('DELETE FROM server_secret WHERE server_id = ?', server)
  }
}

/** Names a tool as it was accepted, of this server and of no other. */
export function pinOf(server: string, { definition, print }: StoredTool): string {
  return `${server} ${definition.name} ${print}`
}
