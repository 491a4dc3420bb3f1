// What the built-in guide may read of this room: finished messages, as plain text.
import { isUnfinished, textOf, type Message } from '../../conversation/message'
import type { Member } from '../../conversation/member'
import type { FoundMessage, RoomReader } from '../../models/room-reader'
import type { History } from './history'

/** Rows that only match in their markup are sifted out afterwards, so more are fetched than asked for. */
const SIFT = 4

/** What the guide looks back over, in bytes as stored. */
const LOOKED_BACK_BYTES = 1_000_000

/** `here`: who is here now. `known`: what else of the room there is to tell. */
export function readerOf(history: History, here: readonly Member[], known: Pick<RoomReader, 'id' | 'as' | 'others' | 'notes' | 'plans'> = {}): RoomReader {
  return {
    ...known,
    count: () => history.reach(),
    search(query, limit, match = 'all') {
      const words = query.toLowerCase().split(/\s+/)
      const holds = (text: string) => (match === 'all' ? words.every((word) => text.includes(word)) : words.some((word) => text.includes(word)))
      return history
        .search(query, limit * SIFT, match)
        .flatMap(foundIn)
        .filter(({ text }) => holds(text.toLowerCase()))
        .slice(0, limit)
    },
    here: (limit) => here.toSorted((a, b) => Number(a.kind === 'agent') - Number(b.kind === 'agent')).slice(0, limit),
    newest: (limit) => history.newest(null, limit, LOOKED_BACK_BYTES).flatMap(foundIn),
  }
}

/** None of what is not finished, or says nothing in text. */
export function foundIn(message: Message): readonly FoundMessage[] {
  const { seq, author, createdAt, status } = message.metadata
  const text = textOf(message)
  return isUnfinished(status) || text === '' ? [] : [{ seq, author: author.name, kind: author.kind, text, createdAt }]
}
