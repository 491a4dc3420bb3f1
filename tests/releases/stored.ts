// What a data directory of some release holds, read from its files before any server of ours has touched them.
import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Amended } from '../../src/conversation/amendment'
import type { MemberId, RoomId } from '../../src/conversation/ids'
import type { RoomRecord } from '../../src/conversation/record'
import { amendedIn } from '../lane-contract/participant'
import type { Guest } from '../support/guest'

/** Sessions are signed with the instance's secret; those of old must be readable by whoever starts the new release with it. */
export const SECRET = 'a secret that lasts from release to release'

export interface StoredRoom {
  readonly id: RoomId
  readonly name: string
  readonly access: string
  readonly members: readonly { readonly id: MemberId; readonly name: string; readonly role: string }[]
  /** As a participant shows them. */
  readonly messages: readonly string[]
  /** Null of a release that had none. */
  readonly records: readonly RoomRecord[] | null
}

export interface StoredData {
  readonly dataDir: string
  readonly sessions: ReadonlyMap<MemberId, string>
  readonly rooms: readonly StoredRoom[]
}

/** Unpacks a fixture into a directory of its own. */
export function unpacked(archive: string): StoredData {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-release-'))
  execFileSync('tar', ['-xzf', archive, '-C', dataDir])
  const [directory] = databasesIn(join(dataDir, 'v3/d1/miniflare-D1DatabaseObject'))
  if (!directory) throw new Error(`${archive} holds no directory of rooms`)
  const sessions = all(directory, 'SELECT userId AS id, token FROM session') as readonly { readonly id: MemberId; readonly token: string }[]
  const entries = all(directory, 'SELECT id, name FROM room') as readonly Entry[]
  const objects = databasesIn(join(dataDir, 'v3/do/parley-ParleyRoom'))
  return { dataDir, sessions: new Map(sessions.map(({ id, token }) => [id, token])), rooms: objects.map((path) => storedRoom(path, entries)) }
}

/** A person of the stored data, with the cookie that their browser still has. */
export function returning({ sessions }: StoredData, id: MemberId, name: string, origin: string): Guest {
  const token = sessions.get(id) ?? ''
  const signature = createHmac('sha256', SECRET).update(token).digest('base64')
  const cookie = `parley.session_token=${encodeURIComponent(`${token}.${signature}`)}`
  const inTheirName = (init?: RequestInit) => ({ ...init, headers: { origin, ...Object.fromEntries(new Headers(init?.headers)), cookie } })
  return { id, name, origin, cookie, fetch: (input, init) => fetch(input, inTheirName(init)) }
}

function storedRoom(path: string, entries: readonly Entry[]): StoredRoom {
  const [room] = all(path, 'SELECT name, access FROM room') as readonly Pick<StoredRoom, 'name' | 'access'>[]
  const id = entries.find(({ name }) => name === room?.name)?.id
  if (!room || id === undefined) throw new Error('a room that its directory does not know')
  const members = all(path, 'SELECT id, name, role FROM member') as StoredRoom['members']
  const messages = all(path, 'SELECT *, author_kind AS kind, author_name AS name FROM message ORDER BY seq') as readonly StoredMessage[]
  return { id, ...room, members, messages: messages.map(asShown), records: recordsIn(path) }
}

function recordsIn(path: string): StoredRoom['records'] {
  const tables = all(path, "SELECT name FROM sqlite_master WHERE name = 'record'") as readonly unknown[]
  if (tables.length === 0) return null
  const records = all(path, 'SELECT kind, id, version, value FROM record WHERE value IS NOT NULL ORDER BY kind, id') as readonly StoredRecord[]
  return records.map(({ value, ...record }) => ({ ...record, value: JSON.parse(value) as unknown }))
}

interface StoredRecord extends Omit<RoomRecord, 'value'> {
  readonly value: string
}

interface Entry {
  readonly id: RoomId
  readonly name: string
}

interface StoredMessage {
  readonly seq: number
  readonly id: string
  readonly status: string
  readonly kind: string
  readonly name: string
  readonly parts: string
  /** Missing in releases that amended nothing. */
  readonly amended?: string | null
}

function asShown({ seq, id, status, kind, name, parts, amended }: StoredMessage): string {
  const said = (JSON.parse(parts) as readonly { type: string; text?: string }[]).flatMap(({ type, text }) => (type === 'text' ? [text ?? ''] : []))
  return `${seq} ${id} ${status} ${kind} ${name}: ${said.join('\n\n')}${amendedIn(JSON.parse(amended ?? '{}') as Amended['values'])}`
}

function databasesIn(directory: string): readonly string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.sqlite') && name !== 'metadata.sqlite')
    .map((name) => join(directory, name))
}

/** Whoever asks knows what is in these columns. */
function all(path: string, query: string): unknown {
  const database = new DatabaseSync(path)
  try {
    return database.prepare(query).all()
  } finally {
    database.close()
  }
}
