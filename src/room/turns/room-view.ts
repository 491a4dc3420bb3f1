// The room as its tools see it, which is as the person may see it who asked for the turn. Invariant: each look asks anew whether they may.
import type { RoomView } from '../../agents/tools/room-view'
import type { MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { History } from '../history/history'
import { readWanted } from '../history/read-wanted'
import { foundIn, readerOf } from '../history/room-reader'
import type { Members } from '../members/members'

export interface ViewPort {
  readonly sql: SqlStorage
  readonly history: History
  readonly members: Members
  agents(): readonly Member[]
}

/** `asker`: null where nobody asked who is still known, and then nobody may see anything. */
export function viewFor({ sql, history, members, agents }: ViewPort, asker: MemberId | null): RoomView {
  const may = () => asker !== null && members.find(asker) !== null
  const reader = () => readerOf(history, [])
  return {
    may,
    reach: () => (may() ? history.reach() : 0),
    search: (query, limit, match) => (may() ? reader().search(query, limit, match) : []),
    read: (wanted) => (may() ? readWanted(sql, wanted).flatMap(foundIn) : []),
    here: (limit) => {
      if (!may()) return { members: [], count: 0 }
      const here = [...members.peopleHere(0, limit), ...agents()].slice(0, limit)
      return { members: here.map(({ name, kind }) => ({ name, kind })), count: members.hereCount }
    },
  }
}
