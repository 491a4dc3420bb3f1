// The card of a call that begins to wait.
import { shownOf } from '../../agents/approvals/arguments'
import { APPROVAL_MS } from '../../agents/approvals/decide'
import type { PolicyHere } from '../../agents/approvals/policy-for'
import { taintInWords, whoInWords } from '../../agents/approvals/words'
import type { OfferedTool } from '../../agents/tools/tool'
import type { Approval } from '../../conversation/approval'
import type { ApprovalsPort, Caller } from './approvals'

/** `call`: its id in the reply. `text`: its arguments as they are approved, and their hash. */
export function cardOf(
  { nameOf, find, now }: Pick<ApprovalsPort, 'nameOf' | 'find' | 'now'>,
  { reply, asker }: Caller,
  tool: OfferedTool,
  call: string,
  { text, hash }: { readonly text: string; readonly hash: string },
  { policy, taint }: PolicyHere,
): Approval {
  const { author } = reply.metadata
  const person = asker !== null && find(asker) ? asker : null
  return {
    reply: reply.id,
    call,
    agent: author.id,
    agentName: author.name,
    asker,
    askerName: asker === null ? 'Somebody' : nameOf(asker),
    tool: tool.own,
    toolName: tool.name,
    server: tool.server ?? null,
    ...(tool.pin === undefined ? {} : { pin: tool.pin }),
    arguments: shownOf(text),
    hash,
    mode: policy.mode,
    people: policy.people,
    needed: policy.needed,
    who: whoInWords(policy, person === null ? null : nameOf(person), nameOf),
    taint: taint === null ? null : taintInWords(taint),
    state: 'open',
    decisions: [],
    note: null,
    openedAt: now(),
    expiresAt: now() + APPROVAL_MS,
    closedAt: null,
  }
}
