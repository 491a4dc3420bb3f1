// What was decided, as the parts of a reply hold it: so it stays with the message when its record is gone.
import { closedInWords } from '../../agents/approvals/decide'
import type { Approval, ApprovalTold } from '../../conversation/approval'
import type { Part } from '../../conversation/message'
import { callApproved, callDenied } from '../../conversation/tool-part'

type Call = Extract<Part, { type: 'dynamic-tool' }>

/** `cardOf`: the card of this id; null for one that is not known (any more). A call whose card is open stays as it is. */
export function withDecisions(parts: readonly Part[], cardOf: (id: string) => Approval | null): readonly Part[] {
  if (parts.every((part) => part.type !== 'dynamic-tool' || part.state !== 'approval-requested')) return parts
  return parts.map((part) => {
    if (part.type !== 'dynamic-tool' || part.state !== 'approval-requested') return part
    const card = cardOf(part.approval.id)
    return card?.state === 'open' ? part : decided(part, card)
  })
}

function decided(part: Extract<Call, { state: 'approval-requested' }>, card: Approval | null): Call {
  const { id } = part.approval
  const call = card ? { ...part, toolMetadata: { ...part.toolMetadata, approval: told(card) } } : part
  if (card?.state === 'approved') return callApproved(call, id)
  return callDenied(call, id, card ? capitalised(closedInWords(card)) : 'Who was to approve this is not known any more.')
}

/** Plain data: no name without a value. */
function told({ state, who, taint, decisions, note, closedAt, question }: Approval) {
  const asked = question ? { asked: question.message } : {}
  return { ...asked, state, who, taint, decisions: decisions.map((one) => ({ ...one })), note, closedAt } satisfies ApprovalTold
}

function capitalised(sentence: string): string {
  return sentence.slice(0, 1).toUpperCase() + sentence.slice(1)
}
