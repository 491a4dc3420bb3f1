// The memory of a room: notes that its members make, change and take away, and agents for them. Invariant: whoever does so has a place
// here at that moment; of notes there are never more, or longer ones, than everybody who comes in can be told.
import type { MemberId, MessageId } from '../../conversation/ids'
import { newMessageId } from '../../conversation/ids'
import { folded, MAX_MEMORIES, MAX_MEMORIES_OF_PERSON, MAX_REMEMBERED, type Memory, newestFirst, OWNERS_SHARE, parseFact } from '../../conversation/memory'
import { recordsOf, type RecordOf } from '../../conversation/record'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { History } from '../history/history'
import type { Members, Membership } from '../members/members'
import type { Changes } from '../records/changes'
import type { Records } from '../records/records'

export interface MemoryPort {
  readonly history: Pick<History, 'get'>
  readonly members: Pick<Members, 'find'>
  readonly records: Pick<Records, 'of' | 'revision'>
  changes(): Pick<Changes, 'set'>
  now(): number
}

/** What is to be remembered. */
export interface Note {
  readonly fact: string
  /** The message that it comes from. */
  readonly source?: MessageId
  /** The agent that notes it. */
  readonly agent?: string
}

/** The notes as they were read last. */
interface Known {
  readonly revision: number
  readonly all: readonly RecordOf<'memory'>[]
  readonly byWords: ReadonlyMap<string, RecordOf<'memory'>>
}

export class RoomMemory {
  private readonly port: MemoryPort
  private known: Known = { revision: -1, all: [], byWords: new Map() }

  constructor(port: MemoryPort) {
    this.port = port
  }

  /** Newest first. */
  all(): readonly RecordOf<'memory'>[] {
    return this.now().all
  }

  private now(): Known {
    const { records } = this.port
    const { revision } = records
    if (this.known.revision === revision) return this.known
    const all = newestFirst(recordsOf(records.of('memory'), 'memory'))
    return (this.known = { revision, all, byWords: new Map(all.map((memory) => [folded(memory.value.fact), memory])) })
  }

  /** What is noted already is not noted twice; answers the fact as it is kept. Refuses: not_a_member, malformed, no_such_message, too_many. */
  add(person: MemberId, { fact: typed, source, agent }: Note): Result<string> {
    const member = this.port.members.find(person)
    if (!member) return notAMember()
    const parsed = parseFact(typed)
    if (!parsed.ok) return refuse('malformed', parsed.fault)
    const { fact } = parsed
    if (source !== undefined && !this.port.history.get(source)) return refuse('no_such_message', 'The message that this comes from is not here any more.')
    const { all, byWords } = this.now()
    const same = byWords.get(folded(fact))
    if (same) return accept(same.value.fact)
    const full = tooMany(all, fact.length, member) ?? (tooManyOf(all, member) ? refuse('too_many', OF_ONE_PERSON) : null)
    if (full) return full
    const { id: by, name } = member
    return this.put(newMessageId(), {
      fact,
      by,
      name,
      ...(agent === undefined ? {} : { agent }),
      ...(source === undefined ? {} : { source }),
      at: this.port.now(),
    })
  }

  /** Refuses: not_a_member, no_such_message, malformed, name_taken where another note says so already, too_many. */
  edit(person: MemberId, id: string, typed: string): Result<string> {
    const member = this.port.members.find(person)
    if (!member) return notAMember()
    const { all, byWords } = this.now()
    const known = all.find((memory) => memory.id === id)
    if (!known) return gone()
    const parsed = parseFact(typed)
    if (!parsed.ok) return refuse('malformed', parsed.fault)
    const { fact } = parsed
    if (fact === known.value.fact) return accept(fact)
    const others = all.filter((memory) => memory !== known)
    const same = byWords.get(folded(fact))
    if (same && same !== known) return refuse('name_taken', 'Another note says so already.')
    // What is said shorter is always said.
    const full = fact.length <= known.value.fact.length ? null : tooLong(others, fact.length, member)
    if (full) return full
    return this.put(id, { ...known.value, fact, edited: { by: member.id, name: member.name, at: this.port.now() } })
  }

  /** What is gone already is no refusal. Refuses: not_a_member. */
  remove(person: MemberId, id: string): Result<null> {
    if (!this.port.members.find(person)) return notAMember()
    const removed = this.port.changes().set('memory', id, null)
    return removed.ok ? accept(null) : removed
  }

  /** Messages are gone: what was noted of them goes with them. Null: all of them, and all notes. */
  messagesGone(ids: ReadonlySet<MessageId> | null): void {
    for (const { id, value } of this.all())
      if (ids === null || (value.source !== undefined && ids.has(value.source))) this.port.changes().set('memory', id, null)
  }

  private put(id: string, memory: Memory): Result<string> {
    const put = this.port.changes().set('memory', id, memory)
    return put.ok ? accept(memory.fact) : put
  }
}

const OF_ONE_PERSON = `One person notes at most ${MAX_MEMORIES_OF_PERSON} things in a room: take away one of yours first.`

function tooMany(all: readonly RecordOf<'memory'>[], more: number, member: Membership): Result<never> | null {
  return all.length < mostFor(member, MAX_MEMORIES) ? tooLong(all, more, member) : noMore(member)
}

function tooLong(all: readonly RecordOf<'memory'>[], more: number, member: Membership): Result<never> | null {
  const length = all.reduce((sum, { value }) => sum + value.fact.length, more)
  return length <= mostFor(member, MAX_REMEMBERED) ? null : noMore(member)
}

function mostFor({ role }: Membership, all: number): number {
  return role === 'owner' ? all : all - all / OWNERS_SHARE
}

function noMore({ role }: Membership): Result<never> {
  const kept = role === 'owner' ? '' : ', the last fifth of it for its owner'
  return refuse(
    'too_many',
    `This room remembers as much as it can, ${MAX_MEMORIES} notes or ${MAX_REMEMBERED.toLocaleString('en')} characters${kept}: take away one first.`,
  )
}

function tooManyOf(all: readonly RecordOf<'memory'>[], { id, role }: Membership): boolean {
  return role !== 'owner' && all.filter(({ value }) => value.by === id).length >= MAX_MEMORIES_OF_PERSON
}

function notAMember(): Result<never> {
  return refuse('not_a_member', 'Only members of this room may change what it remembers.')
}

function gone(): Result<never> {
  return refuse('no_such_message', 'That note is not here any more.')
}
