// What a member may ask of a room. Nothing in a command says who asks: that comes from the session alone [L2].
// Imported as a value on the server only, where zod lives; browsers import the types.
import { z } from 'zod'
import { MAX_REASON } from './approval'
import { MOST_BUDGET } from './budgets'
import { isMemberId, isMessageId } from './ids'
import { MOST_DECIDERS, POLICIES } from './policy'
import { MAX_LABEL } from './question'
import { accept, refuse, type Result } from './refusal'
import { MAX_CLIENT_ID, MAX_SERVER_NAME, MAX_SERVER_TOOLS, MAX_TOKEN, MAX_TOOL_NAME } from './server-profile'
import { inWords } from './fault'

const messageId = z.custom<import('./ids').MessageId>(isMessageId, 'not a message id')

const memberId = z.custom<import('./ids').MemberId>(isMemberId, 'not a member id')

const tokens = z.int().min(0).max(MOST_BUDGET).nullable()

/** SHA-256 in hexadecimal. */
const hash = z.string().regex(/^[0-9a-f]{64}$/)

const recordId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

/** Who lets each of these tools run. */
const policies = z
  .record(z.string().max(MAX_TOOL_NAME), z.enum(POLICIES))
  .refine((tools) => Object.keys(tools).length <= 2 * MAX_SERVER_TOOLS, 'too many tools')

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
  /**
   * Owner only: make an agent, or change the one of this id. What its form says is parsed where it is known who is there. `version`: of
   * the record that the change began from; where it is another by now, nothing is changed.
   */
  z.strictObject({
    type: z.literal('save-agent'),
    agent: memberId.optional(),
    version: z.int().min(0).optional(),
    profile: z.record(z.string(), z.unknown()),
  }),
  /** Owner only: make an agent again what it was in this version. */
  z.strictObject({ type: z.literal('restore-agent'), agent: memberId, version: z.int().min(1) }),
  /** Owner only. What it said stays. */
  z.strictObject({ type: z.literal('remove-agent'), agent: memberId }),
  /** Owner only: what its agents may take, in tokens. Null is no budget. */
  z.strictObject({ type: z.literal('save-budgets'), person: tokens, room: tokens, turn: tokens }),
  /** Let a call run that waits to be approved. `hash`: that of the arguments that were looked at. */
  z.strictObject({ type: z.literal('approve'), approval: recordId, hash }),
  /** Let it not run. The agent is told why. */
  z.strictObject({ type: z.literal('deny'), approval: recordId, reason: z.string().max(MAX_REASON).optional() }),
  /** Say what a server asks for in a call, by the names of its fields; or that one does not. It is told to that server alone. */
  z.strictObject({
    type: z.literal('answer'),
    approval: recordId,
    action: z.enum(['accept', 'decline']),
    content: z.record(z.string().max(MAX_LABEL), z.unknown()).optional(),
    reason: z.string().max(MAX_REASON).optional(),
  }),
  /** Owner only: let it run, and whatever this tool is called for from now on. */
  z.strictObject({ type: z.literal('always-allow'), approval: recordId, hash: hash.optional() }),
  /** Owner only: who lets this tool run; `tool` as models call it. `was`: the policy that the change began from; where it is another by now, nothing is changed. */
  z.strictObject({
    type: z.literal('save-policy'),
    tool: recordId,
    mode: z.enum(POLICIES),
    people: z.array(memberId).max(MOST_DECIDERS).optional(),
    needed: z.int().min(1).max(MOST_DECIDERS).optional(),
    was: z.strictObject({ mode: z.enum(POLICIES), people: z.array(memberId).max(MOST_DECIDERS), needed: z.int().min(1).max(MOST_DECIDERS) }).optional(),
  }),
  /** Owner only: let agents use the tools of this server, once they were reviewed. `token`: what it wants to be shown; `client`: who we are where one signs in for it. */
  z.strictObject({
    type: z.literal('add-server'),
    address: z.string().max(4_000),
    name: z.string().max(MAX_SERVER_NAME).optional(),
    token: z.string().min(1).max(MAX_TOKEN).optional(),
    client: z.strictObject({ id: z.string().min(1).max(MAX_CLIENT_ID), secret: z.string().min(1).max(MAX_TOKEN).optional() }).optional(),
  }),
  /** Owner only: ask it for its tools again. */
  z.strictObject({ type: z.literal('check-server'), server: recordId }),
  /** Owner only: accept its tools as they were seen; `print` is that of the record then. */
  z.strictObject({ type: z.literal('accept-tools'), server: recordId, print: z.string().max(64), policies: policies.optional() }),
  /** Owner only: who lets its tools run. */
  z.strictObject({ type: z.literal('set-policy'), server: recordId, policies }),
  /** Owner only. */
  z.strictObject({ type: z.literal('remove-server'), server: recordId }),
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
  return refuse('malformed', `That command is malformed${issue ? `: ${inWords(issue)}` : ''}.`)
}

/** What a person wrote, an agent's form, and what concerns dozens of tools. */
const LONG: ReadonlySet<unknown> = new Set(['post', 'save-agent', 'add-server', 'accept-tools', 'set-policy', 'answer'] satisfies readonly Command['type'][])

/** Whether unknown input would be one of the commands that may be long; nothing else of it is known. */
export function isLongCommand(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'type' in input && LONG.has(input.type)
}
