// The room's records in SQLite. Invariants: a record's version is the room's clock; what was deleted is remembered for those who
// come back, the newest of it at least; and of no kind are there more, or larger ones, than the kind allows.
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { RoomRecord } from '../../conversation/record'
import type { KindRules } from './kinds'

/** Deletions that are remembered, at most. Whoever was away for more is told all records anew. */
const DELETIONS_KEPT = 200

const ID = /^[A-Za-z0-9_-]{1,64}$/

interface RecordRow extends Record<string, SqlStorageValue> {
  kind: string
  id: string
  version: number
  value: string | null
}

export class Records {
  /** How often anything was written, for whoever keeps what they made of it. */
  revision = 0
  private readonly sql: SqlStorage
  private readonly kinds: ReadonlyMap<string, KindRules>
  private readonly nextVersion: () => number

  /** `nextVersion` lets the room's clock go on. */
  constructor(sql: SqlStorage, kinds: Readonly<Record<string, KindRules>>, nextVersion: () => number) {
    this.sql = sql
    this.kinds = new Map(Object.entries(kinds))
    this.nextVersion = nextVersion
  }

  /** All that there are, also of kinds that a newer release wrote. */
  all(): readonly RoomRecord[] {
    return this.sql.exec<RecordRow>('SELECT * FROM record WHERE value IS NOT NULL ORDER BY kind, id').toArray().map(fromRow)
  }

  of(kind: string): readonly RoomRecord[] {
    return this.sql.exec<RecordRow>('SELECT * FROM record WHERE kind = ? AND value IS NOT NULL ORDER BY id', kind).toArray().map(fromRow)
  }

  get(kind: string, id: string): RoomRecord | null {
    const row = this.row(kind, id)
    return row && row.value !== null ? fromRow(row) : null
  }

  isKind(kind: string): boolean {
    return this.kinds.has(kind)
  }

  /** Changed or deleted after `version`; null when not all deletions since then are remembered. */
  changedSince(version: number): readonly RoomRecord[] | null {
    const [room] = this.sql.exec<{ forgotten: number }>('SELECT forgotten_version AS forgotten FROM room').toArray()
    if (version < (room?.forgotten ?? 0)) return null
    return this.sql.exec<RecordRow>('SELECT * FROM record WHERE version > ? ORDER BY version', version).toArray().map(fromRow)
  }

  /**
   * Makes or changes a record; null deletes it. Answers what it is now, or null when that is what it was. Refuses: malformed for
   * no such kind or a value that is none of it, too_long, too_many.
   */
  put(kind: string, id: string, value: unknown): Result<RoomRecord | null> {
    const rules = this.kinds.get(kind)
    if (!rules) return refuse('malformed', `There are no records of the kind ${JSON.stringify(kind.slice(0, 64))}.`)
    if (!ID.test(id)) return refuse('malformed', 'A record is named by 1 to 64 letters, digits, _ and -.')
    if (value === null) return this.delete(kind, id)
    const parsed = rules.parse(value)
    if (!parsed.ok) return parsed
    const json = JSON.stringify(parsed.value)
    if (new TextEncoder().encode(json).byteLength > rules.bytes) return refuse('too_long', 'That is more than is kept of such a thing.')
    const before = this.row(kind, id)
    if (before?.value === json) return accept(null)
    if ((before?.value ?? null) === null && this.count(kind) >= rules.most)
      return refuse('too_many', `There are ${rules.most} of these already: no room has more.`)
    return accept(this.write(kind, id, json))
  }

  private delete(kind: string, id: string): Result<RoomRecord | null> {
    if ((this.row(kind, id)?.value ?? null) === null) return accept(null)
    const deleted = this.write(kind, id, null)
    this.forgetDeletions()
    return accept(deleted)
  }

  private write(kind: string, id: string, value: string | null): RoomRecord {
    this.revision += 1
    const row = this.sql
      .exec<RecordRow>(
        `INSERT INTO record (kind, id, version, value) VALUES (?, ?, ?, ?)
         ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, value = excluded.value RETURNING *`,
        kind,
        id,
        this.nextVersion(),
        value,
      )
      .one()
    return fromRow(row)
  }

  private forgetDeletions(): void {
    const [oldest] = this.sql
      .exec<{ version: number }>('SELECT version FROM record WHERE value IS NULL ORDER BY version DESC LIMIT 1 OFFSET ?', DELETIONS_KEPT)
      .toArray()
    if (!oldest) return
    this.sql.exec('DELETE FROM record WHERE value IS NULL AND version <= ?', oldest.version)
    this.sql.exec('UPDATE room SET forgotten_version = ?', oldest.version)
  }

  private row(kind: string, id: string): RecordRow | undefined {
    return this.sql.exec<RecordRow>('SELECT * FROM record WHERE kind = ? AND id = ?', kind, id).toArray()[0]
  }

  private count(kind: string): number {
    return this.sql.exec<{ count: number }>('SELECT COUNT(*) AS count FROM record WHERE kind = ? AND value IS NOT NULL', kind).one().count
  }
}

/** Rows are ours: what is read here was parsed before it was written. */
function fromRow({ kind, id, version, value }: RecordRow): RoomRecord {
  return { kind, id, version, value: value === null ? null : (JSON.parse(value) as unknown) }
}
