// What each kind of record may hold: parsed here, once, before it is written, and bounded. A new kind is a line here and its
// type in `conversation/record.ts`; no lane, no table and no client is touched for it.
import { z } from 'zod'
import { APPROVAL_STATES, MAX_REASON, TAINTS, VERDICTS } from '../../conversation/approval'
import { COLOURS, MAX_AGENTS, MAX_AT_ONCE, MAX_INSTRUCTION, MODES } from '../../conversation/agent-profile'
import { MOST_BUDGET } from '../../conversation/budgets'
import { isMemberId, isMessageId, type MemberId, type MessageId } from '../../conversation/ids'
import { MAX_NAME_UNITS } from '../../conversation/member'
import { MAX_FACT, MAX_MEMORIES } from '../../conversation/memory'
import { MOST_DECIDERS, POLICIES } from '../../conversation/policy'
import { FIELD_TYPES, FORMATS, MAX_ASKED, MAX_FIELDS, MAX_HINT, MAX_LABEL, MAX_OPTIONS } from '../../conversation/question'
import { MAX_SCHEDULES, MAX_TASK, MAX_WHEN } from '../../conversation/schedule'
import type { RecordKind, RecordValues } from '../../conversation/record'
import { MAX_SERVER_NAME, MAX_SERVER_TOOLS, MAX_SERVERS, MAX_TOOL_NAME, MAX_TOOL_TITLE, REVIEWS, SERVER_STATES } from '../../conversation/server-profile'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { inWords } from '../../conversation/fault'

export interface KindRules {
  /** How many a room may have. */
  readonly most: number
  /** How much one may hold, as JSON, bytes. All that a room may hold of all kinds is sent to whoever comes in. */
  readonly bytes: number
  /** Refuses: malformed. */
  parse(value: unknown): Result<unknown>
}

const name = z.string().min(1).max(MAX_NAME_UNITS)
/** Server time, ms since 1970. */
const moment = z.int().min(0)
const tokens = z.int().min(0)
const budget = tokens.max(MOST_BUDGET).nullable()
const memberId = z.custom<MemberId>(isMemberId)
const people = z.array(memberId).max(MOST_DECIDERS)
const needed = z.int().min(1).max(MOST_DECIDERS)
const sentence = z.string().max(2_000)
const word = z.string().max(MAX_LABEL)
const question = z.strictObject({
  message: z.string().max(MAX_ASKED),
  fields: z
    .array(
      z.strictObject({
        name: word,
        label: word,
        hint: z.string().max(MAX_HINT).nullable(),
        type: z.enum(FIELD_TYPES),
        isRequired: z.boolean(),
        format: z.enum(FORMATS).nullable(),
        min: z.number().nullable(),
        max: z.number().nullable(),
        options: z.array(z.tuple([word, word])).max(MAX_OPTIONS),
        usual: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable(),
      }),
    )
    .max(MAX_FIELDS),
})
const spending = z.strictObject({
  turns: z.int().min(0),
  input: tokens,
  output: tokens,
  cached: tokens,
  reasoning: tokens,
  dollars: z.number().min(0),
  unpriced: z.int().min(0),
})

/** Cards that are told of: those that wait, and the newest of the others. */
export const MOST_APPROVALS = 60
/** Tools of which the owner said who lets them run. */
const MOST_POLICIES = 256

/** Agents that a meter names, those that were removed too. */
export const MOST_METERED = 24

export const KINDS: Readonly<Record<RecordKind, KindRules>> = {
  room: { most: 1, bytes: 1_024, parse: parserOf<RecordValues['room']>(z.strictObject({ name, zone: z.string().min(1).max(64).exactOptional() })) },
  agent: {
    most: MAX_AGENTS,
    // The longest instruction takes three bytes for each of its characters, where nothing of it has to be escaped; of line ends one more.
    bytes: 32 * 1024,
    parse: parserOf<RecordValues['agent']>(
      z.strictObject({
        handle: z.custom<string>(isMemberId),
        name,
        colour: z.enum(COLOURS),
        emoji: z.string().max(64),
        instruction: z.string().max(MAX_INSTRUCTION),
        model: z.string().min(1).max(200),
        mode: z.enum(MODES),
        atOnce: z.int().min(1).max(MAX_AT_ONCE),
        order: z.int().min(0),
        servers: z.array(z.string().max(64)).max(MAX_SERVERS).exactOptional(),
      }),
    ),
  },
  server: {
    most: MAX_SERVERS,
    // Each tool with the longest names, in a script of three bytes, and those that are gone from it.
    bytes: 96 * 1024,
    parse: parserOf<RecordValues['server']>(
      z.strictObject({
        address: z.string().max(2_000),
        name: z.string().min(1).max(MAX_SERVER_NAME),
        state: z.enum(SERVER_STATES),
        words: z.string().max(500).nullable(),
        print: z.string().max(64),
        tools: z
          .array(
            z.strictObject({
              name: z.string().min(1).max(MAX_TOOL_NAME),
              called: z.string().min(1).max(64),
              title: z.string().max(MAX_TOOL_TITLE).nullable(),
              policy: z.enum(POLICIES),
              readOnly: z.boolean(),
              review: z.enum(REVIEWS),
            }),
          )
          .max(2 * MAX_SERVER_TOOLS),
        signedInBy: name.exactOptional(),
      }),
    ),
  },
  budget: { most: 1, bytes: 1_024, parse: parserOf<RecordValues['budget']>(z.strictObject({ person: budget, room: budget, turn: budget })) },
  approval: {
    most: MOST_APPROVALS,
    // Twenty decisions with the longest names, arguments of which each character is escaped, and a question in a script of three bytes.
    bytes: 56 * 1024,
    parse: parserOf<RecordValues['approval']>(
      z.strictObject({
        reply: z.custom<MessageId>(isMessageId),
        call: z.string().max(64),
        agent: memberId,
        agentName: name,
        asker: memberId.nullable(),
        askerName: name,
        tool: z.string().min(1).max(128),
        toolName: z.string().min(1).max(64),
        server: z.string().max(128).nullable(),
        pin: z.string().max(400).exactOptional(),
        arguments: z.string().max(1_001),
        hash: z.string().length(64),
        mode: z.enum(POLICIES),
        people,
        needed,
        who: sentence,
        taint: sentence.nullable(),
        state: z.enum(APPROVAL_STATES),
        decisions: z.array(
          z.strictObject({
            by: memberId,
            name,
            verdict: z.enum(VERDICTS),
            reason: z.string().max(MAX_REASON).exactOptional(),
            at: z.number(),
          }),
        ),
        note: sentence.nullable(),
        question: question.exactOptional(),
        openedAt: z.number(),
        expiresAt: z.number(),
        closedAt: z.number().nullable(),
      }),
    ),
  },
  policy: {
    most: MOST_POLICIES,
    bytes: 4 * 1024,
    parse: parserOf<RecordValues['policy']>(z.strictObject({ mode: z.enum(POLICIES), people, needed, by: name, at: z.number() })),
  },
  meter: {
    most: 1,
    bytes: 8 * 1024,
    parse: parserOf<RecordValues['meter']>(
      z.strictObject({
        day: z.iso.date(),
        today: spending,
        month: spending,
        agents: z.array(z.strictObject({ agent: memberId, name, today: tokens, month: tokens })).max(MOST_METERED),
      }),
    ),
  },
  schedule: {
    most: MAX_SCHEDULES,
    bytes: 8 * 1024,
    parse: parserOf<RecordValues['schedule']>(
      z.strictObject({
        task: z.string().min(1).max(MAX_TASK),
        agent: memberId,
        by: memberId,
        name,
        when: z.string().min(1).max(MAX_WHEN),
        cron: z.string().max(MAX_WHEN).nullable(),
        next: moment.nullable(),
        at: moment,
        taint: z.enum(TAINTS).exactOptional(),
        last: z.strictObject({ at: moment, outcome: z.enum(['ran', 'refused']), text: z.string().max(1_000).exactOptional() }).exactOptional(),
      }),
    ),
  },
  memory: {
    most: MAX_MEMORIES,
    // The longest fact takes three bytes for each of its characters, and there are some names beside it.
    bytes: 4 * 1024,
    parse: parserOf<RecordValues['memory']>(
      z.strictObject({
        fact: z.string().min(1).max(MAX_FACT),
        by: memberId,
        name,
        agent: name.exactOptional(),
        source: z.custom<MessageId>(isMessageId).exactOptional(),
        at: moment,
        edited: z.strictObject({ by: memberId, name, at: moment }).exactOptional(),
      }),
    ),
  },
}

function parserOf<T>(schema: z.ZodType<T>): KindRules['parse'] {
  return (value) => {
    const parsed = schema.safeParse(value)
    if (parsed.success) return accept(parsed.data)
    const issue = parsed.error.issues[0]
    return refuse('malformed', `That is malformed${issue ? `: ${inWords(issue)}` : ''}.`)
  }
}
