// Sockets that are open over all rooms, by person and by network address. Rooms tell of each; a room that wakes tells of
// all it has. With a new process everything is forgotten: no socket outlives it, and a room that still has some says so.
import type { MemberId, RoomId } from '../conversation/ids'
import { accept, refuse, type Result } from '../conversation/refusal'
import type { SocketPlace } from './ledger-surface'
import { OVER_ALL_ROOMS, PLACES_AT_ADDRESS, type Standing } from './limits'

const OF_PERSON = `You have ${OVER_ALL_ROOMS.person} windows of Parley open already. Close some of them, and load this page again.`
const OF_ADDRESS = 'Too many windows of Parley are open in your network. Try again when some were closed.'

/** Of this process; made when first asked for, because a worker may not draw by chance before. */
let processId: string | undefined

export class OpenSockets {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
    sql.exec(`
      CREATE TABLE IF NOT EXISTS socket (
        kind TEXT, key TEXT, room TEXT, count INTEGER NOT NULL, PRIMARY KEY (kind, key, room)
      ) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS socket_room ON socket (room);
      CREATE TABLE IF NOT EXISTS process (id TEXT NOT NULL);
    `)
    processId ??= crypto.randomUUID()
    if (sql.exec('SELECT 1 FROM process WHERE id = ?', processId).toArray().length > 0) return
    sql.exec('DELETE FROM socket')
    sql.exec('DELETE FROM process')
    sql.exec('INSERT INTO process (id) VALUES (?)', processId)
  }

  /** Counts one more. Refuses, and counts nothing: too_many_sockets. */
  open(place: SocketPlace, standing: Standing): Result {
    if (this.count('person', place.person) >= OVER_ALL_ROOMS.person) return refuse('too_many_sockets', OF_PERSON)
    const ofAddress = place.address === null ? 0 : this.count('address', place.address)
    if (ofAddress >= OVER_ALL_ROOMS.address * PLACES_AT_ADDRESS[standing]) return refuse('too_many_sockets', OF_ADDRESS, 60_000)
    this.add(place, 1)
    return accept(undefined)
  }

  close(place: SocketPlace): void {
    this.add(place, -1)
    this.sql.exec('DELETE FROM socket WHERE room = ? AND count <= 0', place.room)
  }

  replace(room: RoomId, sockets: readonly Omit<SocketPlace, 'room'>[]): void {
    this.sql.exec('DELETE FROM socket WHERE room = ?', room)
    for (const socket of sockets) this.add({ ...socket, room }, 1)
  }

  /** Where this person has sockets open, by the primary key: as many rooms as they may have sockets, at most. */
  roomsOf(person: MemberId): readonly RoomId[] {
    return this.sql
      .exec<{ room: string }>(`SELECT room FROM socket WHERE kind = 'person' AND key = ? AND count > 0`, person)
      .toArray()
      .map(({ room }) => room as RoomId)
  }

  count(kind: 'person' | 'address' | 'room', key: string): number {
    return this.sql.exec<{ count: number }>('SELECT coalesce(sum(count), 0) AS count FROM socket WHERE kind = ? AND key = ?', kind, key).one().count
  }

  total(): number {
    return this.sql.exec<{ count: number }>(`SELECT coalesce(sum(count), 0) AS count FROM socket WHERE kind = 'room'`).one().count
  }

  private add({ room, person, address }: SocketPlace, count: number): void {
    const keys = [['person', person], ['room', room], ...(address === null ? [] : [['address', address]])]
    for (const [kind, key] of keys)
      this.sql.exec(
        'INSERT INTO socket (kind, key, room, count) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
        kind,
        key,
        room,
        count,
      )
  }
}
