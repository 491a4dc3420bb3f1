// Who may be in the room, and who is. Membership is a row; presence is a count of open sockets and is never stored.
import type { MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { HERE_LIMIT } from '../../conversation/page'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { OLD_AFTER_MS, type Standing } from '../../limits/limits'

export type Access = 'open' | 'private'
export type Role = 'owner' | 'member'

/** A person with a place in the room, here or not. */
export interface Membership extends Member {
  readonly role: Role
}

export interface RoomInfo {
  readonly name: string
  readonly access: Access
  readonly ownerId: MemberId | null
  /** The secret part of the room's invitation link. */
  readonly invite: string
}

export class Members {
  private readonly sockets = new Map<MemberId, number>()

  private readonly sql: SqlStorage
  private readonly agents: readonly Member[]

  constructor(sql: SqlStorage, agents: readonly Member[]) {
    this.sql = sql
    this.agents = agents
  }

  room(): RoomInfo | null {
    const row = this.sql
      .exec<{ name: string; access: string; owner_id: string | null; invite: string }>('SELECT name, access, owner_id, invite FROM room')
      .toArray()[0]
    if (!row) return null
    return { name: row.name, access: row.access as Access, ownerId: row.owner_id as MemberId | null, invite: row.invite }
  }

  /** Makes the room. Refuses with `name_taken` when it exists. */
  create(name: string, access: Access, owner: Member | null, now: number): Result {
    if (this.room()) return refuse('name_taken', 'There is a room of that name already.')
    this.sql.exec('INSERT INTO room (one, name, access, owner_id, invite) VALUES (1, ?, ?, ?, ?)', name, access, owner?.id ?? null, crypto.randomUUID())
    if (owner) this.write(owner, 'owner', now)
    return accept(undefined)
  }

  /** Lets a person in: everybody to an open room, the invited to a private one, the removed to none [L10]. */
  enter(person: Member, invite: string | null, now: number): Result<Membership> {
    const room = this.room()
    if (!room) return refuse('no_such_room', 'There is no room at this address.')
    const known = this.row(person.id)
    if (known?.role === 'removed') return refuse('not_a_member', 'You were removed from this room.')
    if (room.ownerId === null) return this.own(person, now)
    if (known) {
      if (known.name !== person.name) this.write(person, known.role, now)
      return accept({ ...person, role: known.role })
    }
    if (room.access === 'private' && invite !== room.invite) return refuse('not_a_member', 'This room is private. Ask a member for its invitation link.')
    this.write(person, 'member', now)
    return accept({ ...person, role: 'member' })
  }

  /** The lobby has no maker: whoever enters it first owns it. */
  private own(person: Member, now: number): Result<Membership> {
    this.sql.exec('UPDATE room SET owner_id = ?', person.id)
    this.write(person, 'owner', now)
    return accept({ ...person, role: 'owner' })
  }

  /** A person with a place here, under their present name. */
  find(id: MemberId): Membership | null {
    const row = this.row(id)
    return row && row.role !== 'removed' ? { id, name: row.name, kind: 'person', role: row.role } : null
  }

  /** What somebody with a place here is to the room. */
  standingOf(id: MemberId, now: number): Standing {
    const row = this.sql.exec<{ role: string; joined_at: number }>('SELECT role, joined_at FROM member WHERE id = ?', id).toArray()[0]
    if (row?.role === 'owner') return 'owner'
    return row !== undefined && row.joined_at <= now - OLD_AFTER_MS ? 'old' : 'newcomer'
  }

  /** How many people have a place here, up to `most`. */
  count(most: number): number {
    return this.sql.exec(`SELECT 1 FROM member WHERE role <> 'removed' LIMIT ?`, most).toArray().length
  }

  rename(id: MemberId, name: string): void {
    this.sql.exec('UPDATE member SET name = ? WHERE id = ?', name, id)
  }

  remove(id: MemberId): void {
    this.sql.exec(`UPDATE member SET role = 'removed' WHERE id = ?`, id)
  }

  /** Everybody with a place here, by name; at most `limit`. */
  list(limit: number): readonly Membership[] {
    return this.sql
      .exec<{ id: string; name: string; role: string }>(`SELECT id, name, role FROM member WHERE role <> 'removed' ORDER BY name LIMIT ?`, limit)
      .toArray()
      .map((row) => ({ id: row.id as MemberId, name: row.name, kind: 'person', role: row.role as Role }))
  }

  /** One more socket of this member. True when they were not here before. */
  arrive(id: MemberId): boolean {
    const sockets = this.sockets.get(id) ?? 0
    this.sockets.set(id, sockets + 1)
    return sockets === 0
  }

  /** One socket fewer. True when it was their last. */
  depart(id: MemberId): boolean {
    const sockets = this.sockets.get(id)
    if (sockets === undefined) return false
    if (sockets > 1) {
      this.sockets.set(id, sockets - 1)
      return false
    }
    return this.sockets.delete(id)
  }

  /** All of a member's sockets at once. True when there were any. */
  leaveAll(id: MemberId): boolean {
    return this.sockets.delete(id)
  }

  isHere(id: MemberId): boolean {
    return this.sockets.has(id)
  }

  /** How many sockets of this member are open. */
  socketsOf(id: MemberId): number {
    return this.sockets.get(id) ?? 0
  }

  /** Who is here, the first of them by name. */
  here(): { readonly here: readonly Member[]; readonly hereCount: number } {
    return { here: [...this.agents, ...this.peopleHere(0, HERE_LIMIT)], hereCount: this.hereCount }
  }

  /** How many are here, agents included. */
  get hereCount(): number {
    return this.agents.length + this.sockets.size
  }

  /** People here, from this place in the order in which they came; at most `limit`. */
  peopleHere(from: number, limit: number): readonly Member[] {
    const people = [...this.sockets.keys()].slice(from, from + limit).map((id) => this.find(id))
    return people.flatMap((person) => (person ? [{ id: person.id, name: person.name, kind: 'person' as const }] : []))
  }

  private row(id: MemberId): { name: string; role: Role | 'removed' } | null {
    const row = this.sql.exec<{ name: string; role: string }>('SELECT name, role FROM member WHERE id = ?', id).toArray()[0]
    return row ? { name: row.name, role: row.role as Role | 'removed' } : null
  }

  private write(person: Member, role: Role, now: number): void {
    this.sql.exec(
      'INSERT INTO member (id, name, role, joined_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role',
      person.id,
      person.name,
      role,
      now,
    )
  }
}
