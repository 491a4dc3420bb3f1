// What a member may ask of a room. Nothing in a command says who asks: that comes from the session alone [L2].
// Imported as a value on the server only, where zod lives; browsers import the types.
import { z } from 'zod'
import { MOST_BUDGET } from './budgets'
import { isMemberId, isMessageId } from './ids'
import { accept, refuse, type Result } from './refusal'

const messageId = z.custom<import('./ids').MessageId>(isMessageId, 'not a message id')

const memberId = z.custom<import('./ids').MemberId>(isMemberId, 'not a member id')

const tokens = z.int().min(0).max(MOST_BUDGET).nullable()

const schema = z.discriminatedUnion('type', [
  /** Say something. The id is made by the client: posting twice with one id posts once [L3]. */
  z.strictObject({
    type: z.literal('post'),
    id: messageId,
    text: z.string(),
    replyTo: messageId.optional(),
    /** Where an agent that answers is writing: heard after that, or now. Left out, it is heard as soon as there is a place. */
    when: z.enum(['after', 'now']).optional(),
  }),
  /** End one reply, or with no id every reply that is being written or waits. */
  z.strictObject({ type: z.literal('stop'), id: messageId.optional() }),
  /** Ask for a failed, interrupted or stopped reply again. */
  z.strictObject({ type: z.literal('retry'), id: messageId }),
  /** Ask for the rest of a reply that was cut off at its limit, or let agents go on answering each other where they were held. */
  z.strictObject({ type: z.literal('continue'), id: messageId }),
  /** Ask one agent for an answer to this message. */
  z.strictObject({ type: z.literal('ask'), id: messageId, agent: memberId }),
  /** Take a reply that waits out of the queue. */
  z.strictObject({ type: z.literal('cancel'), id: messageId }),
  /** One place nearer to being written. */
  z.strictObject({ type: z.literal('move-up'), id: messageId }),
  /** Interrupt what that agent is writing: this one is next. */
  z.strictObject({ type: z.literal('now'), id: messageId }),
  /** Answer what one person waits for from one agent together. */
  z.strictObject({ type: z.literal('merge'), id: messageId }),
  /** Owner only: make an agent, or change the one of this id. What its form says is parsed where it is known who is there. */
  z.strictObject({ type: z.literal('save-agent'), agent: memberId.optional(), profile: z.record(z.string(), z.unknown()) }),
  /** Owner only: make an agent again what it was in this version. */
  z.strictObject({ type: z.literal('restore-agent'), agent: memberId, version: z.int().min(1) }),
  /** Owner only. What it said stays. */
  z.strictObject({ type: z.literal('remove-agent'), agent: memberId }),
  /** Owner only: what its agents may take, in tokens. Null is no budget. */
  z.strictObject({ type: z.literal('save-budgets'), person: tokens, room: tokens, turn: tokens }),
  /** Have the room remember something; `source`: the message that it comes from. */
  z.strictObject({ type: z.literal('remember'), fact: z.string(), source: messageId.optional() }),
  /** Write anew what it remembers. */
  z.strictObject({ type: z.literal('edit-memory'), id: messageId, fact: z.string() }),
  /** Have it forget something. */
  z.strictObject({ type: z.literal('forget'), id: messageId }),
  /** Have an agent do something later. */
  z.strictObject({ type: z.literal('add-schedule'), agent: memberId, task: z.string(), when: z.string() }),
  /** Its maker, or the room's owner. */
  z.strictObject({ type: z.literal('cancel-schedule'), id: messageId }),
  /** Owner only: whose clocks schedules go by. */
  z.strictObject({ type: z.literal('set-time-zone'), zone: z.string() }),
  /** Owner only: remove every message. */
  z.strictObject({ type: z.literal('clear') }),
  /** I am typing; never stored. */
  z.strictObject({ type: z.literal('typing') }),
])

export type Command = z.infer<typeof schema>

/** Parses unknown input once, at the edge. Refuses with `unknown_command` or `malformed`, naming the first thing wrong. */
export function parseCommand(input: unknown): Result<Command> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return accept(parsed.data)
  const issue = parsed.error.issues[0]
  if (issue?.code === 'invalid_union') return refuse('unknown_command', 'This room does not know that command.')
  return refuse('malformed', `That command is malformed${issue ? ` at ${issue.path.join('.') || 'its top'}: ${issue.message}` : ''}.`)
}

/** Whether unknown input would be one of the commands that may be long, a post or an agent's form; nothing else of it is known. */
export function isLongCommand(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'type' in input && (input.type === 'post' || input.type === 'save-agent')
}
