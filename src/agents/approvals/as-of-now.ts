// A card beside what its tool is by now, and what the owner says of it by now. Invariants: a card is of one tool of one server, as it was
// accepted then; nobody decides by a rule that the owner has made stricter since.
import type { Approval } from '../../conversation/approval'
import type { Policy } from '../../conversation/policy'

/** What models call by one name. */
export interface ToolNow {
  /** Of a tool of a server: which server, and what of it was accepted. None for one of ours. */
  readonly pin?: string
  /** Agents are offered it. */
  readonly isOffered: boolean
  readonly policy: Policy
}

export type AsOfNow = { readonly type: 'stands'; readonly card: Approval } | { readonly type: 'void'; readonly why: string }

const OFF = 'the owner of this room lets nobody use this tool any more.'
const ANOTHER = 'this tool is not any more what it was when this was asked: it is gone, it was changed, or it is of another server.'

/** The same card where nothing is another. `why`: a sentence that begins small. `whoOf`: who decides by a policy, in words. */
export function asOfNow(card: Approval, tool: ToolNow | null, whoOf: (policy: Policy) => string): AsOfNow {
  if (!tool || !tool.isOffered || tool.pin !== card.pin) return { type: 'void', why: ANOTHER }
  const { policy } = tool
  if (policy.mode === 'off') return { type: 'void', why: OFF }
  // What its server asks is for whoever asked. What nobody or anybody would have to approve by now was asked for a reason that stays.
  const isOpenToAll = policy.mode === 'auto' || policy.mode === 'member'
  if (card.question || isOpenToAll || isSame(policy, card)) return { type: 'stands', card }
  const { mode, people, needed } = policy
  return { type: 'stands', card: { ...card, mode, people, needed, who: whoOf(policy), taint: null } }
}

function isSame(a: Policy, b: Policy): boolean {
  return a.mode === b.mode && a.needed === b.needed && a.people.length === b.people.length && a.people.every((one) => b.people.includes(one))
}
