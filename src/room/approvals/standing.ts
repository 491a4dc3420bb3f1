// Whether a card still stands when somebody answers it and when its call runs: its tool and its policy may be others by then. Invariant: what
// was approved runs by the rule of now, or is asked about anew.
import { asOfNow, type AsOfNow, type ToolNow } from '../../agents/approvals/as-of-now'
import { annul, closedInWords, isEnough } from '../../agents/approvals/decide'
import { whoInWords } from '../../agents/approvals/words'
import type { Admission } from '../../agents/tools/admit'
import type { OfferedTool } from '../../agents/tools/tool'
import type { Approval } from '../../conversation/approval'
import { policyOf } from '../../conversation/policy'
import type { ApprovalsPort } from './approvals'
import type { StoredApproval } from './stored-approvals'

type StandingPort = Pick<ApprovalsPort, 'stored' | 'find' | 'nameOf' | 'savedPolicy' | 'toolNow' | 'now'>

export class Standing {
  private readonly port: StandingPort

  constructor(port: StandingPort) {
    this.port = port
  }

  /** A card as it counts now: with another rule, or void. One that is closed stays as it is. */
  card({ state, card }: StoredApproval): Approval {
    if (state !== 'open') return card
    const now = this.asOfNow(card, this.port.toolNow(card.toolName))
    return now.type === 'stands' ? now.card : annul(card, now.why, this.port.now())
  }

  /** By the card that a call has; null where it has to be asked about anew. */
  admission({ id, state, card }: StoredApproval, tool: OfferedTool): Admission | null {
    if (state !== 'approved' && state !== 'auto') return card.state === 'open' ? { type: 'ask', id } : { type: 'denied', id, reason: closedInWords(card) }
    const policy = this.port.savedPolicy(tool.name) ?? policyOf(tool.policy)
    const toolNow = { ...tool, isOffered: true, policy }
    const now = this.asOfNow(card, toolNow)
    if (now.type === 'void') return { type: 'denied', id, reason: `This was approved, and is void: ${now.why}` }
    // What a call asked while it ran says nothing of who let it run.
    const leave = card.question ? this.leaveOf(card) : { state, card }
    if (!leave || leave.state === 'auto') return policy.mode === 'auto' || policy.mode === 'member' ? { type: 'run' } : null
    const ruled = this.asOfNow(leave.card, toolNow)
    const isLeft = ruled.type === 'stands' && (ruled.card === leave.card || isEnough(ruled.card, (by) => this.port.find(by)))
    return isLeft ? { type: 'run' } : null
  }

  private leaveOf({ reply, call }: Approval): StoredApproval | undefined {
    return this.port.stored.live(reply).findLast(({ card }) => card.call === call && !card.question)
  }

  private asOfNow(card: Approval, tool: ToolNow | null): AsOfNow {
    const { nameOf, find } = this.port
    return asOfNow(card, tool, (policy) => whoInWords(policy, card.asker !== null && find(card.asker) ? nameOf(card.asker) : null, nameOf))
  }
}
