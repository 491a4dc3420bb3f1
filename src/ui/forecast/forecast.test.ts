import { describe, expect, test } from 'vitest'
import type { AgentProfile, Mode } from '../../conversation/agent-profile'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Message, MessageStatus } from '../../conversation/message'
import type { RowKey } from '../../conversation/room-client'
import { mergeableIn } from '../frame/mergeable'
import { forecast } from './forecast'
import { forecastInWords } from './forecast-words'

const NOW = 100 * 60_000
const person = (id: string): Member => ({ id: id as MemberId, name: `${id[0]?.toUpperCase()}${id.slice(1)}`, kind: 'person' })
const agent = (id: string): Member => ({ ...person(id), kind: 'agent' })
const [ann, bo] = [person('ann'), person('bo')]

const records = (modes: Readonly<Record<string, Mode>>, atOnce = 8) =>
  Object.entries(modes).map(([id, mode], order) => {
    const value: AgentProfile = { handle: id, name: agent(id).name, colour: 'teal', emoji: '', instruction: '', model: 'default', mode, atOnce, order }
    return { kind: 'agent', id, version: 1, value }
  })

interface Said {
  readonly by: Member
  /** Minutes ago. */
  readonly ago?: number
  readonly text?: string
  readonly replyTo?: number
  readonly status?: MessageStatus
  readonly askedBy?: Member
}

const rows = (all: readonly Said[]): readonly RowKey[] =>
  all.map(({ by, ago = 1, text = 'words', replyTo, status = 'complete', askedBy }, at) => {
    const message: Message = {
      id: `message-${at}` as MessageId,
      role: by.kind === 'agent' ? 'assistant' : 'user',
      metadata: {
        seq: at + 1,
        version: at + 1,
        author: by,
        status,
        createdAt: NOW - ago * 60_000,
        ...(replyTo === undefined ? {} : { replyTo: `message-${replyTo}` as MessageId }),
      },
      parts: [{ type: 'text', text }],
    }
    return { id: message.id, seq: at + 1, status, message, ...(askedBy ? { askedBy: askedBy.id } : {}) }
  })

const foretold = (
  said: readonly Said[],
  modes: Readonly<Record<string, Mode>>,
  text: string,
  here: readonly Member[] = [ann, bo],
  replyTo: Member | null = null,
) => forecastInWords(forecast({ rows: rows(said), records: records(modes), here }, { viewer: ann, mayStopAll: false }, { text, replyTo }, NOW))

const parley = agent('parley')
const exchange: readonly Said[] = [
  { by: ann, ago: 3, text: '@Bo what do you think?' },
  { by: bo, ago: 2 },
]

describe('[R170] the forecast', () => {
  test.each([
    ['one who is alone', [], { parley: 'auto' }, '', [ann], 'Parley will answer: alone with you'],
    ['one who is alone, before the room said who is here', [], { parley: 'auto' }, 'hello', [], 'Parley will answer: alone with you'],
    ['one of two', [], { parley: 'auto' }, 'hello', [ann, bo], 'Nobody will answer: no agent is addressed'],
    ['a mention', [], { parley: 'auto', scout: 'mention' }, '@Scout hello', [ann, bo], 'Scout will answer: mentioned'],
    ['two mentions', [], { parley: 'auto', scout: 'mention' }, '@scout, @parley', [ann, bo], 'Parley and Scout will answer: mentioned'],
    ['a mention of a person', [], { parley: 'always' }, '@Bo hello', [ann, bo], 'Nobody will answer: somebody else is addressed'],
    ['every message', [], { parley: 'always' }, 'hello', [ann, bo], 'Parley will answer: every message'],
    ['agents that are off', [], { parley: 'off' }, 'hello', [ann], 'Nobody will answer: no agent speaks by itself here'],
    ['a mention of one that is off', [], { parley: 'off' }, '@Parley hello', [ann], 'Parley is off: “Ask Parley” under your message asks it'],
    [
      'the same beside one that answers by itself',
      [],
      { critic: 'auto', parley: 'off' },
      '@Parley hi',
      [ann, bo],
      'Parley is off: “Ask Parley” under your message asks it',
    ],
    [
      'the name of one that is off, and a comma',
      [],
      { critic: 'auto', parley: 'off' },
      'Parley, hello',
      [ann, bo],
      'Parley is off: “Ask Parley” under your message asks it',
    ],
    [
      'a mention of two that are off',
      [],
      { critic: 'off', parley: 'off' },
      '@Parley @critic',
      [ann],
      'Critic and Parley are off: “Ask” under your message asks them',
    ],
    [
      'a mention of one that is off and of one that is not',
      [],
      { critic: 'off', parley: 'auto' },
      '@Parley @critic',
      [ann, bo],
      'Parley will answer: mentioned; Critic is off',
    ],
    [
      'a mention of a person beside one that is off',
      [],
      { critic: 'off', parley: 'auto' },
      '@Bo hello',
      [ann, bo],
      'Nobody will answer: somebody else is addressed',
    ],
    ['no agents', [], {}, 'hello', [ann], 'Nobody will answer: there is no agent here'],
    [
      'what follows up',
      [
        { by: ann, ago: 3 },
        { by: parley, ago: 2, replyTo: 0 },
      ],
      { parley: 'auto' },
      'and then?',
      [ann, bo],
      'Parley will answer: follow-up',
    ],
    [
      'what follows up eleven minutes later',
      [
        { by: ann, ago: 12 },
        { by: parley, ago: 11, replyTo: 0 },
      ],
      { parley: 'auto' },
      'and then?',
      [ann, bo],
      'Nobody will answer: no agent is addressed',
    ],
    ['two who are talking', exchange, { parley: 'always' }, 'I see', [ann, bo], 'Nobody will answer: two people are talking'],
  ] as const)('of %s', (_what, said, modes, text, here, words) => {
    expect(foretold(said, modes, text, here)).toBe(words)
  })

  test('of a reply to an agent that is off', () => {
    expect(foretold([], { critic: 'auto', parley: 'off' }, 'and?', [ann, bo], parley)).toBe('Parley is off: “Ask Parley” under your message asks it')
  })

  test.each([
    ['person', 'No answers until 00:00 UTC: your tokens are gone'],
    ['room', 'No answers until 00:00 UTC: the room’s tokens are gone'],
    ['answers', 'No answers until 00:00 UTC: your answers are gone'],
  ] as const)('[R154] promises nothing once the day is over: %s', (spent, words) => {
    const answers = [{ name: 'Parley', rule: 'alone' }] as const
    expect(forecastInWords({ answers, hold: null, off: [] }, spent)).toBe(words)
    expect(forecastInWords({ answers: [], hold: null, off: ['Parley'] }, spent)).toBe(words)
    // What asks nobody may be said.
    expect(forecastInWords({ answers: [], hold: 'not-addressed', off: [] }, spent)).toBe('Nobody will answer: no agent is addressed')
  })

  test('of a reply to an agent’s message', () => {
    expect(foretold([], { parley: 'mention' }, 'and?', [ann, bo], parley)).toBe('Parley will answer: replied to')
    expect(foretold([], { parley: 'mention' }, 'and?', [ann, bo], bo)).toBe(
      'Nobody will answer: somebody else is addressed'.replace('somebody else', 'no agent'),
    )
  })

  test.each([
    ['an answer to oneself', [{ by: parley, status: 'streaming', askedBy: ann }], 8, 'message-0 may interrupt'],
    ['an answer to somebody else, with places left', [{ by: parley, status: 'streaming', askedBy: bo }], 8, null],
    ['an answer to somebody else, the only one at a time', [{ by: parley, status: 'streaming', askedBy: bo }], 1, 'message-0 waits'],
    ['an answer that waits', [{ by: parley, status: 'waiting', askedBy: ann }], 1, null],
    ['another agent’s', [{ by: agent('scout'), status: 'streaming', askedBy: ann }], 1, null],
  ] as const)('[R172] says which answer the message would follow: %s', (_what, said, atOnce, expected) => {
    const known = { rows: rows(said), records: records({ parley: 'auto', scout: 'mention' }, atOnce), here: [ann, bo] }
    const { speaking } = forecast(known, { viewer: ann, mayStopAll: false }, { text: '@Parley hello', replyTo: null }, NOW)
    expect(speaking && `${speaking.reply} ${speaking.mayInterrupt ? 'may interrupt' : 'waits'}`).toBe(expected)
  })
})

test.each([
  ['two of one’s own', [ann, ann], ['message-0', 'message-1']],
  ['one of one’s own and one of another', [ann, bo], []],
  ['two of another', [bo, bo], []],
] as const)('[R173] may be answered together: %s', (_what, askers, ids) => {
  expect(mergeableIn(rows(askers.map((askedBy) => ({ by: parley, status: 'waiting', askedBy }))), ann.id)).toEqual(ids)
})
