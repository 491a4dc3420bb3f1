// Who lets this call run, in this turn. A turn that has read what strangers wrote may have been told by them to do things: what acts on the
// world outside is then for somebody to approve who knows what was asked.
import type { Taint } from '../../conversation/approval'
import { type Policy, policyOf } from '../../conversation/policy'
import type { OfferedTool } from '../tools/tool'

/** `taint`: it is why somebody is asked. */
export interface PolicyHere {
  readonly policy: Policy
  readonly taint: Taint | null
}

/**
 * `saved`: what the room's owner said of this tool, if anything. Of a tool that acts outside, what nobody or anybody would have to approve
 * is for the asker in a tainted turn; what the owner gave to people of their choice stays with them.
 */
export function policyFor(tool: Pick<OfferedTool, 'effect' | 'readOnly' | 'policy'>, saved: Policy | null, taint: Taint | null): PolicyHere {
  const policy = saved ?? policyOf(tool.policy)
  const isOpenToAll = policy.mode === 'auto' || policy.mode === 'member'
  if (taint === null || !actsOutside(tool) || !isOpenToAll) return { policy, taint: null }
  return { policy: policyOf('asker'), taint }
}

/** Whether a call does what nobody can take back. A hint that a tool only reads is believed for its policy, and for nothing else. */
export function actsOutside({ effect, readOnly }: Pick<OfferedTool, 'effect' | 'readOnly'>): boolean {
  return effect === 'outside' && readOnly !== true
}
