// Who is called what in one room. A name that could be taken for an earlier member's, or for an agent's, is shown with a
// number; the owner's never is, so that nobody can pass for them [R71].
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

export class RoomNames {
  private readonly sql: SqlStorage
  private readonly agents: readonly Member[]

  constructor(sql: SqlStorage, agents: readonly Member[]) {
    this.sql = sql
    this.agents = agents
  }

  /** Members of release 0.1 have no skeleton yet, and names that today's rules would not let pass. First come, first named; the owner before all. */
  fillIn(): void {
    const rows = this.sql.exec<{ id: string; name: string; role: string }>(
      `SELECT id, name, role FROM member WHERE skeleton IS NULL ORDER BY role <> 'owner', joined_at, id`,
    )
    for (const { id, name, role } of rows.toArray()) {
      const called = this.nameFor({ id: id as MemberId, name: cleanName(name) ?? 'Guest' }, role === 'owner')
      this.sql.exec('UPDATE member SET name = ?, skeleton = ? WHERE id = ?', called.shown, called.skeleton, id)
    }
  }

  /** What this person is called here. */
  nameFor(person: Pick<Member, 'id' | 'name'>, isOwner: boolean): RoomName {
    const looks = skeleton(person.name)
    const others = isOwner ? [] : this.doubles(person.id, looks)
    if (others.length === 0 && (isOwner || !this.agents.some((agent) => namesLike(person.name, agent.name)))) return { shown: person.name, skeleton: looks }
    const taken = new Set(others.map(({ name }) => splitName(name).number))
    let number = 2
    while (taken.has(`#${number}`)) number += 1
    return { shown: numberedName(person.name, number), skeleton: looks }
  }

  /** Gives every other member who looks like the owner, and has no number, one. Answers who they are, as they are called now. */
  makeWayFor(owner: MemberId, looks: string): readonly Member[] {
    return this.doubles(owner, looks)
      .filter(({ name }) => splitName(name).number === null)
      .map(({ id, name }) => {
        const { shown } = this.nameFor({ id, name }, false)
        this.sql.exec('UPDATE member SET name = ? WHERE id = ?', shown, id)
        return { id, name: shown, kind: 'person' }
      })
  }

  private doubles(id: MemberId, looks: string): readonly { readonly id: MemberId; readonly name: string }[] {
    return this.sql
      .exec<{ id: string; name: string }>(`SELECT id, name FROM member WHERE skeleton = ? AND id <> ? AND role <> 'removed'`, looks, id)
      .toArray()
      .map((row) => ({ id: row.id as MemberId, name: row.name }))
  }
}
