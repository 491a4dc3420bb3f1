// Who may be in the room, and who is. Membership is a row; presence is a count of open sockets and is never stored.
import type { MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { HERE_LIMIT } from '../../conversation/page'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { OLD_AFTER_MS, type Standing } from '../../limits/limits'
import { splitName } from '../../conversation/double'
import { RoomNames } from './room-names'

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
  /** Until when it lets people in, ms since 1970. */
  readonly inviteUntil: number
  /** When it was deleted, ms since 1970; null while it is open. */
  readonly deletedAt: number | null
}

/** How long an invitation lets people in, ms: a week. Whoever came with it stays. */
export const INVITATION_MS = 7 * 24 * 60 * 60 * 1_000

/** How long a deleted room can be had back, ms: a week. */
export const KEPT_DELETED_MS = 7 * 24 * 60 * 60 * 1_000

/** What a membership became, and whom else it gave another name. */
export interface Renaming {
  readonly membership: Membership
  readonly others: readonly Member[]
}

/** What somebody is who came in, and who is called something else since then. */
export interface Entered {
  readonly role: Role
  readonly renamed: readonly Member[]
}

/** The room's agents. */
export interface AgentsHere {
  members(): readonly Member[]
  /** All that they are called by, handles too. */
  names(): readonly string[]
}

const PRIVATE = 'This room is private. Ask a member for its invitation link.'
const DEAD_LINK = 'This invitation does not work any more. Ask a member of the room for a new one.'

export class Members {
  private readonly sockets = new Map<MemberId, number>()

  private readonly sql: SqlStorage
  private readonly agents: AgentsHere
  private readonly names: RoomNames

  constructor(sql: SqlStorage, agents: AgentsHere) {
    this.sql = sql
    this.agents = agents
    this.names = new RoomNames(sql, () => agents.names())
  }

  /** What release 0.1 did not know: what names look like, and when an invitation runs out. */
  fillIn(now: number): void {
    this.names.fillIn()
    this.sql.exec('UPDATE room SET invite_until = ? WHERE invite_until IS NULL', now + INVITATION_MS)
  }

  room(): RoomInfo | null {
    const row = this.sql
      .exec<{ name: string; access: string; owner_id: string | null; invite: string; invite_until: number | null; deleted_at: number | null }>(
        'SELECT name, access, owner_id, invite, invite_until, deleted_at FROM room',
      )
      .toArray()[0]
    if (!row) return null
    return {
      name: row.name,
      access: row.access as Access,
      ownerId: row.owner_id as MemberId | null,
      invite: row.invite,
      inviteUntil: row.invite_until ?? 0,
      deletedAt: row.deleted_at,
    }
  }

  /** Makes the room. Refuses with `name_taken` when it exists. */
  create(name: string, access: Access, owner: Member | null, now: number): Result {
    if (this.room()) return refuse('name_taken', 'There is a room of that name already.')
    this.sql.exec('INSERT INTO room (one, name, access, owner_id, invite) VALUES (1, ?, ?, ?, ?)', name, access, owner?.id ?? null, '')
    this.renewInvitation(now)
    if (owner) this.write(owner, 'owner', now)
    return accept(undefined)
  }

  /** Lets a person in: everybody to an open room, the invited to a private one, the removed to none [L10]. A name that they took elsewhere is theirs here from now on. */
  enter(person: Member, invite: string | null, now: number): Result<Entered> {
    const room = this.room()
    if (!room) return refuse('no_such_room', 'There is no room at this address.')
    if (room.deletedAt !== null) return refuse('no_such_room', 'This room was deleted.')
    const known = this.row(person.id)
    if (known?.role === 'removed') return refuse('not_a_member', 'You were removed from this room.')
    if (known) {
      const renamed = this.rename(person.id, person.name, now)
      return accept({ role: known.role, renamed: renamed ? [renamed.membership, ...renamed.others] : [] })
    }
    if (room.access === 'private' && invite !== room.invite) return refuse('not_a_member', invite === null ? PRIVATE : DEAD_LINK)
    if (room.access === 'private' && now >= room.inviteUntil) return refuse('not_a_member', 'This invitation has run out. Ask a member for a new one.')
    return accept({ role: this.write(person, 'member', now).role, renamed: [] })
  }

  /** Makes this person the owner, whatever they were; who was it before is a member. Answers whom that gave another name. */
  own(person: Member, now: number): readonly Member[] {
    this.sql.exec(`UPDATE member SET role = 'member' WHERE role = 'owner' AND id <> ?`, person.id)
    this.sql.exec('UPDATE room SET owner_id = ?', person.id)
    this.write(person, 'owner', now)
    return this.makeWayFor(person.id)
  }

  /** Old links let nobody in from now on. */
  renewInvitation(now: number): void {
    this.sql.exec('UPDATE room SET invite = ?, invite_until = ?', crypto.randomUUID(), now + INVITATION_MS)
  }

  /** Null brings the room back. */
  setDeleted(at: number | null): void {
    this.sql.exec('UPDATE room SET deleted_at = ?', at)
  }

  count(): number {
    return this.sql.exec<{ count: number }>(`SELECT COUNT(*) AS count FROM member WHERE role <> 'removed'`).one().count
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
  countUpTo(most: number): number {
    return this.sql.exec(`SELECT 1 FROM member WHERE role <> 'removed' LIMIT ?`, most).toArray().length
  }

  /** Null when nobody of this id has a place here, or nothing changes. */
  rename(id: MemberId, name: string, now: number): Renaming | null {
    const known = this.find(id)
    if (!known || splitName(known.name).name === name) return null
    const membership = this.write({ id, name, kind: 'person' }, known.role, now)
    return { membership, others: known.role === 'owner' ? this.makeWayFor(id) : [] }
  }

  /** An agent is called this from now on: answers whom that gave another name. */
  makeWayForAgent(called: readonly string[]): readonly Member[] {
    return this.names.makeWayForAgent(called)
  }

  /** Somebody wrote here under the name that they have now. */
  wrote(id: MemberId, now: number): void {
    this.names.wrote(id, now)
  }

  /** Takes somebody's place, for ever, and with it the worth of the links they may hold. An owner leaves the room without one. */
  remove(id: MemberId, now: number): void {
    this.sql.exec(`UPDATE member SET role = 'removed' WHERE id = ?`, id)
    this.sql.exec('UPDATE room SET owner_id = NULL WHERE owner_id = ?', id)
    this.renewInvitation(now)
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

  isHere(id: MemberId): boolean {
    return this.sockets.has(id)
  }

  /** How many sockets of this member are open. */
  socketsOf(id: MemberId): number {
    return this.sockets.get(id) ?? 0
  }

  /** Who is here, the first of them by name. */
  here(): { readonly here: readonly Member[]; readonly hereCount: number } {
    return { here: [...this.agents.members(), ...this.peopleHere(0, HERE_LIMIT)], hereCount: this.hereCount }
  }

  /** How many are here, agents included. */
  get hereCount(): number {
    return this.agents.members().length + this.sockets.size
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

  /** Under the name that tells them from everybody else here. */
  private write({ id, name }: Member, role: Role, now: number): Membership {
    const { shown, skeleton } = this.names.nameFor({ id, name }, role === 'owner')
    this.sql.exec(
      `INSERT INTO member (id, name, role, joined_at, skeleton) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, skeleton = excluded.skeleton`,
      id,
      shown,
      role,
      now,
      skeleton,
    )
    return { id, name: shown, kind: 'person', role }
  }

  private makeWayFor(owner: MemberId): readonly Member[] {
    const row = this.sql.exec<{ skeleton: string }>('SELECT skeleton FROM member WHERE id = ?', owner).one()
    return this.names.makeWayFor(owner, row.skeleton)
  }
}
