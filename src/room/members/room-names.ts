// Who is called what in one room. A name that could be taken for an earlier member's, or for an agent's, is shown with a
// number; the owner's never is, so that nobody can pass for them [R71].
import { numberedName, splitName } from '../../conversation/double'
import type { MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { skeleton } from '../../conversation/skeleton'

/** A member's name as it is shown, and what it looks like. */
export interface RoomName {
  readonly shown: string
  readonly skeleton: string
}

export class RoomNames {
  private readonly sql: SqlStorage
  private readonly agents: ReadonlySet<string>

  constructor(sql: SqlStorage, agents: readonly Member[]) {
    this.sql = sql
    this.agents = new Set(agents.map(({ name }) => skeleton(name)))
  }

  /** Members of release 0.1 have no skeleton yet. */
  fillIn(): void {
    for (const { id, name } of this.sql.exec<{ id: string; name: string }>('SELECT id, name FROM member WHERE skeleton IS NULL').toArray()) {
      this.sql.exec('UPDATE member SET skeleton = ? WHERE id = ?', skeleton(splitName(name).name), id)
    }
  }

  /** What this person is called here. */
  nameFor(person: Pick<Member, 'id' | 'name'>, isOwner: boolean): RoomName {
    const looks = skeleton(person.name)
    const others = isOwner ? [] : this.doubles(person.id, looks)
    if (others.length === 0 && !(this.agents.has(looks) && !isOwner)) return { shown: person.name, skeleton: looks }
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
