// What a browser knows of a room when somebody is about to speak: the facts that the rules look at, from the rows that it shows.
// Near enough to foretell; the room decides [R170].
import { addressee } from '../../agents/engagement/addressee'
import { type Earlier, LASTS_MS, MOST_QUOTED_FROM, MOST_RECENT, type RoomFacts } from '../../agents/engagement/facts'
import { speaksTo } from '../../agents/engagement/speaks-to'
import { rosterOf } from '../../agents/roster'
import { promptsOf, whyOf } from '../../conversation/engaged'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { isUnfinished, type Message, textOf } from '../../conversation/message'
import { recordsOf, type RoomRecord } from '../../conversation/record'
import type { RoomState, RowKey } from '../../conversation/room-client'

export type Known = Pick<RoomState<RowKey>, 'rows' | 'records' | 'here'>

/** `now`: server time, ms since 1970. People whom nothing on the screen names are not known. */
export function factsOf({ rows, records, here }: Known, viewer: Member, now: number): RoomFacts {
  const messages = rows.slice(-MOST_RECENT).flatMap(({ message }) => (message ? [message] : []))
  const present = [viewer, ...here.filter(({ id, kind }) => kind === 'person' && id !== viewer.id)]
  const writers = messages.flatMap(({ metadata: { author } }) => (author.kind === 'person' ? [author] : []))
  const people = [...new Map([...writers, ...present].map((person) => [person.id, person])).values()]
  const around = { agents: agentsOf(records), people, present }
  const byId = new Map(messages.map((message) => [message.id, message]))
  const roots = new Map<MessageId, MessageId>()
  const recent = messages.map((message) => {
    const root = rootOf(message, roots)
    roots.set(message.id, root)
    return message.role === 'assistant' ? reply(message, root, byId, now) : spoken(message, around, byId, now)
  })
  return { ...around, recent }
}

/** In the order in which they answer. The same for the same records. */
export function agentsOf(records: readonly RoomRecord[]) {
  const agents = recordsOf(records, 'agent')
  const known = rosters.get(agents) ?? rosterOf(agents)
  rosters.set(agents, known)
  return known
}

const rosters = new WeakMap<object, ReturnType<typeof rosterOf>>()

function reply(message: Message, root: MessageId, byId: ReadonlyMap<MessageId, Message>, now: number): Earlier {
  const { metadata } = message
  const isOpen = isUnfinished(metadata.status)
  const by = whyOf(metadata)?.by ?? metadata.askedBy ?? byId.get(promptsOf(metadata)[0] ?? message.id)?.metadata.author.id
  return {
    author: metadata.author,
    at: isOpen ? now : (metadata.startedAt ?? metadata.createdAt),
    isSaid: isOpen || message.parts.length > 0,
    root,
    text: textOf(message).slice(0, MOST_QUOTED_FROM),
    ...(by === undefined ? {} : { by }),
  }
}

type Around = Omit<RoomFacts, 'recent'>

/** To whom it was said matters as long as a conversation lasts; and it is found once for each message. */
function spoken(message: Message, around: Around, byId: ReadonlyMap<MessageId, Message>, now: number): Earlier {
  const { author, createdAt, replyTo } = message.metadata
  const text = textOf(message)
  let to = saidTo.get(message)
  if (to === undefined && now - createdAt <= LASTS_MS) {
    const prompt = replyTo === undefined ? undefined : byId.get(replyTo)
    to = addressee({ author, replyTo: prompt?.metadata.author ?? null }, around, speaksTo(text, around, null))
    saidTo.set(message, to)
  }
  return { author, at: createdAt, isSaid: true, text: text.slice(0, MOST_QUOTED_FROM), ...(to ? { to } : {}) }
}

const saidTo = new WeakMap<Message, MemberId | null>()

/** The message with which its chain began. */
function rootOf({ id, role, metadata }: Message, roots: ReadonlyMap<MessageId, MessageId>): MessageId {
  const above = role === 'assistant' && whyOf(metadata)?.rule !== 'asked' ? metadata.replyTo : undefined
  return above === undefined ? id : (roots.get(above) ?? above)
}
