// Who is called what in one room. A name that could be taken for an earlier member's, for one that somebody else has
// written under, or for an agent's is shown with a number; the owner's never is, so that nobody can pass for them [R71] [R46].
import { numberedName, splitName } from '../../conversation/double'
import type { MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { cleanName } from '../../conversation/name'
import { namesLike, skeleton } from '../../conversation/skeleton'

/** A member's name as it is shown, and what it looks like. */
export interface RoomName {
  readonly shown: string
  readonly skeleton: string
}

/** Members that are compared with a new agent's name, the newest: some 50 microseconds each. */
const MOST_LOOKED_AT = 500

interface Called {
  readonly id: MemberId
  readonly name: string
}

/** Names under which one member wrote that stay theirs, at most: the newest. More than anybody has. */
const NAMES_KEPT = 20

export class RoomNames {
  private readonly sql: SqlStorage
  private readonly agentNames: () => readonly string[]

  /** `agentNames`: what the room's agents are called, by name and by handle. */
  constructor(sql: SqlStorage, agentNames: () => readonly string[]) {
    this.sql = sql
    this.agentNames = agentNames
  }

  /** Members of release 0.1 have no skeleton yet, and names that today's rules would not let pass. First come, first named; the owner before all. */
  fillIn(): void {
    const written = this.sql.exec<{ id: string; name: string }>('SELECT member_id AS id, name FROM written_name WHERE skeleton IS NULL')
    for (const { id, name } of written.toArray()) {
      this.sql.exec('UPDATE written_name SET skeleton = ? WHERE member_id = ? AND name = ?', skeleton(splitName(name).name), id, name)
    }
    const rows = this.sql.exec<{ id: string; name: string; role: string }>(
      `SELECT id, name, role FROM member WHERE skeleton IS NULL ORDER BY role <> 'owner', joined_at, id`,
    )
    for (const { id, name, role } of rows.toArray()) {
      const called = this.nameFor({ id: id as MemberId, name: cleanName(name) ?? 'Guest' }, role === 'owner')
      this.sql.exec('UPDATE member SET name = ?, skeleton = ? WHERE id = ?', called.shown, called.skeleton, id)
    }
  }

  /** What this person is called here. */
  nameFor({ id, name }: Pick<Member, 'id' | 'name'>, isOwner: boolean): RoomName {
    const looks = skeleton(name)
    if (isOwner) return { shown: name, skeleton: looks }
    const others = this.present(id, looks)
    const writers = this.writers(looks)
    const foreign = writers.filter((writer) => writer.id !== id)
    const isFree = (others.length === 0 && foreign.length === 0) || (isEarliest(id, writers) && others.every(isNumbered))
    if (isFree && !this.agentNames().some((agent) => namesLike(name, agent))) return { shown: name, skeleton: looks }
    const taken = new Set([...others, ...foreign].map((other) => splitName(other.name).number))
    let number = 2
    while (taken.has(`#${number}`)) number += 1
    return { shown: numberedName(name, number), skeleton: looks }
  }

  /** A member wrote under the name that they have now: it stays theirs, whatever they are called later. `now`: ms since 1970. */
  wrote(id: MemberId, now: number): void {
    const { rowsWritten } = this.sql.exec(
      'INSERT INTO written_name (member_id, name, skeleton, since) SELECT id, name, skeleton, ? FROM member WHERE id = ? ON CONFLICT DO NOTHING',
      now,
      id,
    )
    if (rowsWritten === 0) return
    this.sql.exec(
      `DELETE FROM written_name WHERE member_id = ?1
         AND name NOT IN (SELECT name FROM written_name WHERE member_id = ?1 ORDER BY since DESC LIMIT ${NAMES_KEPT})`,
      id,
    )
  }

  /** Gives every other member who looks like the owner, and has no number, one. Answers who they are, as they are called now. */
  makeWayFor(owner: MemberId, looks: string): readonly Member[] {
    return this.present(owner, looks)
      .filter((other) => !isNumbered(other))
      .map(({ id, name }) => {
        const { shown } = this.nameFor({ id, name }, false)
        this.sql.exec('UPDATE member SET name = ? WHERE id = ?', shown, id)
        return { id, name: shown, kind: 'person' }
      })
  }

  /** The same for whoever could be taken for an agent that is called this from now on. */
  makeWayForAgent(called: readonly string[]): readonly Member[] {
    return this.sql
      .exec<{ id: string; name: string }>(`SELECT id, name FROM member WHERE role = 'member' ORDER BY joined_at DESC LIMIT ${MOST_LOOKED_AT}`)
      .toArray()
      .filter((person) => splitName(person.name).number === null && called.some((agent) => namesLike(person.name, agent)))
      .map(({ id, name }) => {
        const { shown } = this.nameFor({ id: id as MemberId, name }, false)
        this.sql.exec('UPDATE member SET name = ? WHERE id = ?', shown, id)
        return { id: id as MemberId, name: shown, kind: 'person' }
      })
  }

  /** Everybody else with a place here who looks like that. */
  private present(id: MemberId, looks: string): readonly Called[] {
    return this.sql
      .exec<{ id: string; name: string }>(`SELECT id, name FROM member WHERE skeleton = ? AND id <> ? AND role <> 'removed'`, looks, id)
      .toArray()
      .map((row) => ({ id: row.id as MemberId, name: row.name }))
  }

  /** Who wrote here under a name that looks like that, the first of them first. */
  private writers(looks: string): readonly Called[] {
    return this.sql
      .exec<{ id: string; name: string }>('SELECT member_id AS id, name FROM written_name WHERE skeleton = ? ORDER BY since, member_id', looks)
      .toArray()
      .map((row) => ({ id: row.id as MemberId, name: row.name }))
  }
}

function isNumbered({ name }: Called): boolean {
  return splitName(name).number !== null
}

/** Whether this person was the first to write under such a name without a number: who comes back to it is nobody's double. */
function isEarliest(id: MemberId, writers: readonly Called[]): boolean {
  return writers.find((writer) => !isNumbered(writer))?.id === id
}
