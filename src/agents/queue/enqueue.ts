// Asking for replies: each finds its place at the end, or is answered together with what its asker has just asked the same agent.
import type { MemberId, MessageId } from '../../conversation/ids'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { Why } from '../../conversation/why'
import { step, type Step } from './changes'
import { askerOf, endsOf, MOST_PROMPTS, MOST_WAITING, speakingIn, waitingIn, withRow, type Prompt, type QueueRow } from './row'

/** Prompts of one person to one agent that follow each other so closely are one turn while it waits, ms. */
export const MERGE_WITHIN_MS = 3_000

export interface Ask {
  /** The id that the reply has if it becomes one of its own. */
  readonly id: MessageId
  readonly agent: MemberId
  readonly why: Why
  readonly trigger: MessageId
  readonly asker: MemberId
  /** "After this": the reply whose end it waits for. Heard only while its agent is writing that one, so that nothing waits in vain. */
  readonly after?: MessageId
}

export interface Enqueued extends Step {
  /** The reply that answers each of the asks, in their order: its own, or one that is there already. */
  readonly replies: readonly MessageId[]
}

/**
 * All of the asks of one message, or none. The same trigger and agent again is answered by the reply that is there. Refuses:
 * too_many_waiting. What ended already is not known here: the room asks its history first. `now`: server time, ms.
 */
export function enqueue(rows: readonly QueueRow[], asks: readonly Ask[], now: number, mergeWithinMs = MERGE_WITHIN_MS): Result<Enqueued> {
  let after = rows
  const replies: MessageId[] = []
  for (const asked of asks) {
    const ask = { ...asked, after: speakingIn(after, asked.agent).find(({ id }) => id === asked.after)?.id }
    const known = after.find(({ agent, prompts }) => agent === ask.agent && prompts.some(({ trigger }) => trigger === ask.trigger))
    const prompt: Prompt = { trigger: ask.trigger, asker: ask.asker, at: now }
    // The last that waits, and no other: whoever asked in between is not overtaken.
    const last = known ? undefined : waitingIn(after, ask.agent).at(-1)
    const joined = last && isJoinedBy(last, ask, now - mergeWithinMs) ? last : undefined
    if (joined) after = withRow(after, { ...joined, prompts: [...joined.prompts, prompt] })
    else if (!known) after = [...after, newRow(ask, prompt, endsOf(after).back)]
    replies.push((known ?? joined ?? ask).id)
  }
  if (waitingIn(after).length > MOST_WAITING) {
    return refuse('too_many_waiting', 'Too many answers are being waited for in this room. Try again when some have come.', 5_000)
  }
  return accept({ ...step(rows, after), replies })
}

type Wanted = Omit<Ask, 'after'> & { readonly after: MessageId | undefined }

function newRow({ id, agent, why, after }: Wanted, prompt: Prompt, order: number): QueueRow {
  return { id, agent, why, prompts: [prompt], order, state: 'waiting', ...(after === undefined ? {} : { after }) }
}

/** Only what a person says by themselves is joined: an agent's call and a schedule are answered each. */
function isJoinedBy(row: QueueRow, ask: Wanted, since: number): boolean {
  const last = row.prompts.at(-1)
  return (
    isByPerson(row.why) &&
    isByPerson(ask.why) &&
    askerOf(row) === ask.asker &&
    row.after === ask.after &&
    row.prompts.length < MOST_PROMPTS &&
    last !== undefined &&
    last.at >= since
  )
}

export function isByPerson({ rule }: Why): boolean {
  return rule !== 'agent-mention' && rule !== 'agent-asked' && rule !== 'schedule'
}
