// Calls that wait for people. Invariants: a card is kept, with its record, before anybody is told that a call waits for it; it is decided in
// one write, once; a call runs by a card of its own and of the very arguments that were seen; and nothing is held meanwhile but rows.
import { canonical, hashOf } from '../../agents/approvals/arguments'
import type { ToolNow } from '../../agents/approvals/as-of-now'
import { annul, decide, expire, type Answer } from '../../agents/approvals/decide'
import { actsOutside, policyFor, type PolicyHere } from '../../agents/approvals/policy-for'
import type { Admission, WantedCall } from '../../agents/tools/admit'
import type { OfferedTool } from '../../agents/tools/tool'
import type { Approval, Decider, Taint } from '../../conversation/approval'
import type { RoomEvent } from '../../conversation/event'
import { type MemberId, type MessageId, newMessageId } from '../../conversation/ids'
import type { Message, Part } from '../../conversation/message'
import type { Policy } from '../../conversation/policy'
import { answerFor, type Answered, type Question } from '../../conversation/question'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { RoomRecord } from '../../conversation/record'
import type { History } from '../history/history'
import { MOST_APPROVALS } from '../records/kinds'
import type { Records } from '../records/records'
import { withDecisions } from './applied'
import { type AuditedPage, auditPage, resolveResults } from './audit'
import { cardOf } from './card-of'
import { Standing } from './standing'
import type { AuditState, StoredApproval, StoredApprovals } from './stored-approvals'

/** Cards that wait in a room at the same time. */
export const MOST_OPEN = 40
/** Of them, of one person who asked; but for the room's owner, for whom some are kept however many people come and ask. */
export const MOST_OPEN_OF_PERSON = 10
export const OWNERS_OPEN = 8

export interface ApprovalsPort {
  readonly stored: StoredApprovals
  readonly records: Records
  readonly history: Pick<History, 'get'>
  /** Who somebody is in the room now; null for nobody of it. */
  find(id: MemberId): Decider | null
  nameOf(id: MemberId): string
  /** What the room's owner said of a tool, if anything. */
  savedPolicy(tool: string): Policy | null
  /** What models call by this name now; null for nothing. */
  toolNow(name: string): ToolNow | null
  taintOf(reply: Message, parts: readonly Part[], tool: OfferedTool): Taint | null
  /** A call that had begun did nothing, and waits. */
  notBegun(reply: MessageId, call: string): void
  /** The room is awake at that time, ms since 1970, and expires what is due; resolves once that is sure. */
  wakeAt(at: number): Promise<void>
  now(): number
  publish(event: RoomEvent): void
  /** Runs all of `write` or none of it. */
  transaction<T>(write: () => T): T
}

/** The turn that calls. */
export interface Caller {
  readonly reply: Message
  readonly asker: MemberId | null
  /** The reply's parts as they are now. */
  parts(): readonly Part[]
  /** Aborts when the turn ends. */
  readonly signal: AbortSignal
}

export class Approvals {
  private readonly port: ApprovalsPort
  private readonly standing: Standing

  constructor(port: ApprovalsPort) {
    this.port = port
    this.standing = new Standing(port)
  }

  /** Whether a call may run. The same call again is answered by the card that it has: after a restart nobody is asked twice. */
  async admit(caller: Caller, { tool, part }: WantedCall): Promise<Admission> {
    const { stored, now, wakeAt } = this.port
    const text = canonical(part.input)
    if (text === null) return { type: 'refused', text: 'The input of this call nests too deeply. It was not run.' }
    const hash = await hashOf(text)
    const known = stored.of(caller.reply.id, part.toolCallId)
    const admitted = known && known.card.hash === hash ? this.standing.admission({ ...known, card: this.ruled(known) }, tool) : null
    if (admitted) return admitted
    if (known) this.close(known, (card) => annul(card, 'its arguments changed.', now()))
    const here = this.policyHere(caller, tool)
    if (here.policy.mode === 'off') return { type: 'refused', text: 'The owner of this room lets nobody use this tool.' }
    const card = cardOf(this.port, caller, tool, part.toolCallId, { text, hash }, here)
    if (here.policy.mode === 'auto') {
      if (actsOutside(tool)) stored.add(newMessageId(), { ...card, closedAt: now() }, 'auto')
      return { type: 'run' }
    }
    await wakeAt(card.expiresAt)
    // Stopped meanwhile: nobody is asked for what nobody waits for.
    if (caller.signal.aborted) return { type: 'refused', text: 'The turn was stopped before this tool was approved.' }
    const full = this.refuseMore(caller.asker)
    if (full !== null) return { type: 'refused', text: `${full} It was not run.` }
    const id = newMessageId()
    this.write(id, card, 'open')
    return { type: 'ask', id }
  }

  /**
   * A call asks its asker something, and waits for them: it was called off, and is made again with what they answer (decision 270).
   * Nothing of it has begun then, in the same write in which it is asked.
   */
  async ask(caller: Caller, { tool, part }: WantedCall, question: Question): Promise<Admission> {
    const { stored, wakeAt, find, nameOf, notBegun, transaction } = this.port
    const text = canonical(part.input)
    const { asker } = caller
    if (text === null || asker === null || find(asker)?.kind !== 'person') return { type: 'refused', text: 'There is nobody who could be asked.' }
    const policy: Policy = { mode: 'named', people: [asker], needed: 1 }
    const asked = cardOf(this.port, caller, tool, part.toolCallId, { text, hash: await hashOf(text) }, { policy, taint: null })
    const card: Approval = { ...asked, who: `${nameOf(asker)}, who asked,`, question }
    await wakeAt(card.expiresAt)
    if (caller.signal.aborted) return { type: 'refused', text: 'The turn was stopped before anybody answered.' }
    const full = this.refuseMore(asker)
    if (full !== null) return { type: 'refused', text: full }
    const id = newMessageId()
    transaction(() => {
      notBegun(caller.reply.id, part.toolCallId)
      stored.add(id, card, 'open')
    })
    this.write(id, card)
    return { type: 'ask', id }
  }

  /** What a person said to what a call asked. */
  answersTo(reply: MessageId, call: string): readonly Answered[] {
    return this.port.stored.answers(reply, call)
  }

  /** A person says what a server wants to know, or that they do not. Refuses: malformed, not_allowed, gone, void. Answers the card as it is now. */
  reply(
    id: string,
    answer: Omit<Answer, 'verdict' | 'hash'>,
    { action, content: typed }: Pick<Answered, 'action'> & { readonly content: unknown },
  ): Result<Approval> {
    const { stored, transaction } = this.port
    const question = stored.get(id)?.card.question
    const isOpen = stored.get(id)?.state === 'open'
    const decided = this.decided(id, { ...answer, verdict: action === 'accept' ? 'answer' : 'decline' })
    if (!decided.ok || !question || !isOpen) return decided
    const content = action === 'accept' ? answerFor(question, typed) : accept({})
    if (!content.ok) return content
    transaction(() => stored.putAnswer(id, { question, action, content: content.value, reason: answer.reason?.trim() || null }))
    this.write(id, decided.value)
    return decided
  }

  /** Refuses: malformed, not_allowed, gone, void. Answers the card as it is now. */
  answer(id: string, answer: Answer): Result<Approval> {
    const before = this.port.stored.get(id)?.card
    const decided = this.decided(id, answer)
    if (decided.ok && decided.value !== before) this.write(id, decided.value)
    return decided
  }

  isAsking(reply: MessageId): boolean {
    return this.port.stored.live(reply).some(({ state }) => state === 'open')
  }

  /** The parts of a reply with all that was decided about its calls. */
  applied(parts: readonly Part[]): readonly Part[] {
    return withDecisions(parts, (id) => this.port.stored.get(id)?.card ?? null)
  }

  /** A reply ends: what is open of it is void. `why`: the beginning of no sentence, as in "the turn was stopped." */
  end(reply: MessageId, why: string): void {
    for (const known of this.port.stored.live(reply)) this.close(known, (card) => annul(card, why, this.port.now()))
    this.port.stored.end(reply)
  }

  /** Answers the replies that lost a card. */
  expireDue(): readonly MessageId[] {
    const now = this.port.now()
    const due = this.port.stored.open().filter(({ card }) => now >= card.expiresAt)
    for (const known of due) this.close(known, (card) => expire(card, now))
    return [...new Set(due.map(({ card }) => card.reply))]
  }

  /** When the next card expires: server time, ms since 1970; null while none is open. */
  nextExpiry(): number | null {
    return this.port.stored.open()[0]?.card.expiresAt ?? null
  }

  /** The room is being cleared, and its messages are still there: what was decided stays. Inside the write that clears it; answers the records that are gone. */
  clear(): readonly RoomRecord[] {
    const { stored, records, history, now } = this.port
    for (const { id, card } of stored.open()) stored.put(id, annul(card, 'the room was cleared.', now()))
    resolveResults(stored, history)
    stored.forgetArguments()
    return records.of('approval').flatMap(({ id }) => {
      const put = records.put('approval', id, null)
      return put.ok && put.value ? [put.value] : []
    })
  }

  /** The newest lines before this one, or of all. */
  audit(before: number | null): AuditedPage {
    return auditPage(this.port.stored, this.port.history, before)
  }

  /** In words why nobody more is asked for this person; null where somebody may be. */
  private refuseMore(asker: MemberId | null): string | null {
    const open = this.port.stored.open()
    const isOwner = asker !== null && this.port.find(asker)?.role === 'owner'
    if (open.length >= (isOwner ? MOST_OPEN : MOST_OPEN - OWNERS_OPEN)) return `${open.length} calls wait to be approved in this room already.`
    if (isOwner || open.filter(({ card }) => card.asker === asker).length < MOST_OPEN_OF_PERSON) return null
    return `${MOST_OPEN_OF_PERSON} calls that this person asked for wait to be approved already.`
  }

  /** The reply that a card is of; null for one that is not known. */
  replyOf(id: string): MessageId | null {
    return this.port.stored.get(id)?.card.reply ?? null
  }

  /** What the owner said of a tool is said of the cards that wait, too. Answers the replies that lost one. */
  review(): readonly MessageId[] {
    return this.port.stored.open().flatMap((known) => (this.ruled(known).state === 'open' ? [] : [known.card.reply]))
  }

  private decided(id: string, answer: Answer): Result<Approval> {
    const known = this.port.stored.get(id)
    if (!known || known.state === 'auto') return refuse('gone', 'That approval is not here any more.')
    return decide(this.ruled(known), answer, (by) => this.port.find(by), this.port.now())
  }

  /** A card that is open, by what counts now; kept so. */
  private ruled(known: StoredApproval): Approval {
    const card = this.standing.card(known)
    if (card !== known.card) this.write(known.id, card)
    return card
  }

  private policyHere({ reply, parts }: Caller, tool: OfferedTool): PolicyHere {
    const saved = this.port.savedPolicy(tool.name)
    return policyFor(tool, saved, actsOutside(tool) ? this.port.taintOf(reply, parts(), tool) : null)
  }

  private close({ id, state, card }: StoredApproval, change: (card: Approval) => Approval): void {
    const changed = change(card)
    if (state === 'open' && changed !== card) this.write(id, changed)
  }

  /** A card and its record in one write. `state`: of a new one. */
  private write(id: string, written: Approval, state?: AuditState): void {
    const card = withoutFields(written)
    const { stored, records, transaction, publish } = this.port
    const changed = transaction(() => {
      if (state) stored.add(id, card, state)
      else stored.put(id, card)
      const gone = stored.shownClosed().filter((shown) => shown !== id)
      const hidden = gone.slice(0, Math.max(0, records.of('approval').length - MOST_APPROVALS + 1)).flatMap((old) => {
        stored.hide(old)
        const put = records.put('approval', old, null)
        return put.ok && put.value ? [put.value] : []
      })
      const put = records.put('approval', id, card)
      if (!put.ok) throw new Error(`a card could not be kept: ${put.refusal.message}`)
      return put.value ? [...hidden, put.value] : hidden
    })
    for (const record of changed) publish({ type: 'record', ...record })
  }
}

/** Once nobody has to answer any more, a question is what was asked and no form. */
function withoutFields(card: Approval): Approval {
  return card.question && card.state !== 'open' ? { ...card, question: { ...card.question, fields: [] } } : card
}
