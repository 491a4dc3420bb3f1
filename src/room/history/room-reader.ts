// What the built-in guide may read of this room: finished messages, as plain text.
import { textOf, type Message } from '../../conversation/message'
import type { FoundMessage, RoomReader } from '../../models/room-reader'
import type { History } from './history'

/** Rows that only match in their markup are sifted out afterwards, so more are fetched than asked for. */
const SIFT = 4

export function readerOf(history: History): RoomReader {
  return {
    count: () => history.count(),
    search(query, limit) {
      const words = query.toLowerCase().split(/\s+/)
      return history
        .search(query, limit * SIFT)
        .flatMap(found)
        .filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)))
        .slice(0, limit)
    },
    newest: (limit) => history.newest(null, limit).flatMap(found),
  }
}

function found(message: Message): readonly FoundMessage[] {
  const { seq, author, createdAt, status } = message.metadata
  const text = textOf(message)
  return status === 'streaming' || text === '' ? [] : [{ seq, author: author.name, kind: author.kind, text, createdAt }]
}
