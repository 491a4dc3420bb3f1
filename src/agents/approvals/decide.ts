// What becomes of a card: each function answers the card after it, or refuses. Invariants: a card that is not open never changes again;
// only votes of people who are members at that moment count, of each person one.
import { type Approval, type Decider, type Decision, isModerator, mayDecide, type Verdict } from '../../conversation/approval'
import type { MemberId } from '../../conversation/ids'
import { accept, refuse, type Result } from '../../conversation/refusal'

/** How long a card waits, ms. */
export const APPROVAL_MS = 24 * 60 * 60 * 1_000

export interface Answer {
  readonly by: Decider
  readonly name: string
  readonly verdict: Verdict
  /** What they saw; left out by whoever denies. */
  readonly hash?: string
  readonly reason?: string
}

/** What becomes of a card or a question when somebody says so. `find`: who somebody is in the room now. `now`: server time, ms. Refuses: malformed, not_allowed, gone, void. */
export function decide(card: Approval, answer: Answer, find: (id: MemberId) => Decider | null, now: number): Result<Approval> {
  const { by, verdict, hash } = answer
  const isAnswer = verdict === 'answer' || verdict === 'decline'
  if (verdict !== 'deny' && isAnswer !== (card.question !== undefined))
    return refuse('malformed', card.question ? 'Its server asks for an answer, not for leave.' : 'Nobody asks for an answer here.')
  if (!(verdict === 'always' ? isModerator(by) && by.kind === 'person' : mayDecide(card, by)))
    return refuse('not_allowed', verdict === 'always' ? 'Only the owner of this room decides what may always run.' : `This is for ${card.who} to decide.`)
  // Said twice, as by a program that was not answered.
  if (card.decisions.some((one) => one.by === by.id && one.verdict === verdict)) return accept(card)
  if (card.state !== 'open') return refuse(card.state === 'void' ? 'void' : 'gone', `Too late: ${closedInWords(card)}`)
  if (now >= card.expiresAt) return refuse('gone', 'Too late: nobody decided in time.')
  if (verdict !== 'deny' && hash !== undefined && hash !== card.hash)
    return refuse('void', 'These are not the arguments that this call has now. Look at it again.')
  const decisions = [...card.decisions.filter((one) => one.by !== by.id), decisionOf(answer, now)]
  if (verdict === 'deny') return accept({ ...card, decisions, state: 'denied', closedAt: now })
  const isApproved = verdict === 'always' || isAnswer || isEnough({ ...card, decisions }, find)
  return accept({ ...card, decisions, ...(isApproved ? { state: 'approved', closedAt: now } : {}) })
}

/** A card that has waited for too long; else the same card. */
export function expire(card: Approval, now: number): Approval {
  return card.state === 'open' && now >= card.expiresAt ? { ...card, state: 'expired', closedAt: now } : card
}

/** `note`: a sentence. */
export function annul(card: Approval, note: string, now: number): Approval {
  return card.state === 'open' ? { ...card, state: 'void', note, closedAt: now } : card
}

/** Whether those who approved are enough by the rule that stands on the card now. */
export function isEnough(card: Approval, find: (id: MemberId) => Decider | null): boolean {
  return votesIn(card, find) >= needed(card)
}

/** How many have approved who still may. */
export function votesIn(card: Approval, find: (id: MemberId) => Decider | null): number {
  const approving = card.decisions.filter(({ verdict }) => verdict === 'approve' || verdict === 'always')
  return new Set(approving.filter(({ by }) => mayDecide(card, find(by) ?? { id: by, kind: 'person', role: null })).map(({ by }) => by)).size
}

function needed({ mode, needed }: Approval): number {
  return mode === 'votes' ? Math.max(1, needed) : 1
}

function decisionOf({ by, name, verdict, reason }: Answer, at: number): Decision {
  const told = verdict === 'deny' || verdict === 'decline' ? reason?.trim() : undefined
  return { by: by.id, name, verdict, ...(told ? { reason: told } : {}), at }
}

/** What became of a card, in a sentence: for whoever comes too late, and for the model. */
export function closedInWords({ state, decisions, note, question }: Approval): string {
  const last = decisions.at(-1)
  switch (state) {
    case 'open':
      return 'nobody has decided yet.'
    case 'approved':
      return `${last?.name ?? 'somebody'} ${question ? 'answered' : 'approved'} it.`
    case 'denied':
      return `${last?.name ?? 'somebody'} ${question ? 'did not answer what its server asked' : 'denied it'}${last?.reason ? `, and says: ${last.reason}` : '.'}`
    case 'expired':
      return `nobody ${question ? 'answered what its server asked' : 'decided'} in time.`
    case 'void':
      return note ?? 'it is void.'
    default:
      return state satisfies never
  }
}
