// People decide what waits for them, and the room's owner what its tools may.
import type { Command } from '../../conversation/command'
import { policyOf } from '../../conversation/policy'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { Membership } from '../members/members'
import type { PostingPort } from './posting'

type Deciding = Extract<Command, { type: 'approve' | 'deny' | 'always-allow' }>

const VERDICTS = { approve: 'approve', deny: 'deny', 'always-allow': 'always' } as const

/** Whoever decides last lets the reply go on. Refuses: not_allowed, gone, void. */
export function decideApproval(port: PostingPort, { id: by, name, role }: Membership, command: Deciding): Result<null> {
  const decided = port.approvals.answer(command.approval, {
    by: { id: by, kind: 'person', role },
    name,
    verdict: VERDICTS[command.type],
    ...(command.type === 'deny' ? { reason: command.reason ?? '' } : command.hash === undefined ? {} : { hash: command.hash }),
  })
  if (!decided.ok) return late(port, command.approval, decided)
  const { toolName, reply } = decided.value
  const saved = command.type === 'always-allow' ? port.policies.set(toolName, name, policyOf('auto')) : accept(null)
  port.asking.goOn(reply)
  return saved
}

/** The reply goes on with what somebody answered. Refuses: malformed, not_allowed, gone, void. */
export function answerQuestion(port: PostingPort, { id: by, name, role }: Membership, command: Extract<Command, { type: 'answer' }>): Result<null> {
  const { approval, action, content = {}, reason = '' } = command
  const answered = port.approvals.reply(approval, { by: { id: by, kind: 'person', role }, name, reason }, { action, content })
  if (!answered.ok) return late(port, approval, answered)
  port.asking.goOn(answered.value.reply)
  return accept(null)
}

/** Refuses: not_owner, conflict, malformed, too_many. */
export function savePolicy(
  { policies, approvals, asking }: PostingPort,
  { name, role }: Membership,
  command: Extract<Command, { type: 'save-policy' }>,
): Result<null> {
  if (role !== 'owner') return refuse('not_owner', 'Only the owner of this room says who lets its tools run.')
  const saved = policies.save(name, command)
  if (saved.ok) for (const reply of approvals.review()) asking.goOn(reply)
  return saved
}

/** A card may have become void by the answer: its reply goes on then. */
function late<R extends Result<unknown>>({ approvals, asking }: PostingPort, card: string, refused: R): R {
  const reply = approvals.replyOf(card)
  if (reply !== null) asking.goOn(reply)
  return refused
}
