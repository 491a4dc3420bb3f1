import { expect, test } from 'vitest'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Why, WhyRule } from '../../conversation/why'
import { LOOKS } from '../looks'
import { MOST_REHEARSED, type PastMessage, rehearse } from './rehearsal'
import { agentsOf, authorOf, EVERYBODY, NOW } from './testing/scene'

/** [who, minute, text, reply to which line, rule by whom] */
type Line = readonly [who: string, minute: number, text: string, replyTo?: number | null, why?: readonly [WhyRule, string]]

function logOf(lines: readonly Line[]): readonly PastMessage[] {
  return lines.map(([who, minute, text, replyTo, why], at) => ({
    id: idOf(at),
    author: { ...authorOf(who), name: who },
    text,
    at: NOW + minute * 60_000,
    isFinished: true,
    ...(typeof replyTo === 'number' ? { replyTo: idOf(replyTo) } : {}),
    ...(why ? { why: { rule: why[0], by: why[1] as MemberId } satisfies Why } : {}),
  }))
}

const idOf = (at: number) => `message-${at}` as MessageId

/** "parley 2 (alone 2) held 1 (not-addressed 1)", for each agent. */
function rehearsed(lines: readonly Line[], agents: string): readonly string[] {
  const words = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([code, number]) => `${code} ${number}`)
      .join(', ')
  return rehearse(logOf(lines), agentsOf(agents), EVERYBODY, LOOKS).map(
    ({ agent, answered, answeredBy, heldBack, heldBackBy }) => `${agent} ${answered} (${words(answeredBy)}) held ${heldBack} (${words(heldBackBy)})`,
  )
}

const TALK: readonly Line[] = [
  ['ann', 0, 'what is the capital of France?'],
  ['parley', 0, 'Paris.', 0, ['alone', 'ann']],
  ['bo', 20, 'hi Ann'],
  ['ann', 21, 'hi Bo'],
  ['ann', 22, '@Scout find trains'],
  ['scout', 23, 'At nine. @Parley, book it?', 4, ['mention', 'ann']],
  ['parley', 24, 'Booked.', 5, ['agent-mention', 'scout']],
  ['ann', 25, 'and back?'],
  ['bo', 26, '@Ann good'],
]

test.each([
  [
    'parley:auto scout:mention',
    ['parley 2 (alone 1, agent-mention 1) held 5 (not-addressed 3, somebody-else-addressed 2)', 'scout 1 (mention 1) held 5 (not-addressed 5)'],
  ],
  [
    'parley:auto scout:auto',
    [
      'parley 2 (alone 1, agent-mention 1) held 5 (not-addressed 3, somebody-else-addressed 2)',
      'scout 2 (mention 1, follow-up 1) held 4 (another-answers 1, not-addressed 2, somebody-else-addressed 1)',
    ],
  ],
  ['parley:mention scout:mention', ['parley 1 (agent-mention 1) held 6 (not-addressed 6)', 'scout 1 (mention 1) held 5 (not-addressed 5)']],
  ['parley:always scout:off', ['parley 4 (every 4) held 2 (somebody-else-addressed 2)', 'scout 0 () held 6 (off 6)']],
  ['parley:off scout:off', ['parley 0 () held 6 (off 6)', 'scout 0 () held 6 (off 6)']],
  ['critic:always', ['critic 5 (every 5) held 1 (somebody-else-addressed 1)']],
  ['', []],
])('[R123] under %s a morning would have gone otherwise', (agents, expected) => {
  expect(rehearsed(TALK, agents)).toEqual(expected)
})

test('[R123] what would not have been said is not followed up, and calls nobody', () => {
  const lines: readonly Line[] = [
    ['bo', 0, 'hi'],
    ['ann', 1, 'hello'],
    ['parley', 1, 'Hello Ann. @Scout, say hello.', 1, ['every', 'ann']],
    ['ann', 2, 'and?'],
  ]
  expect(rehearsed(lines, 'parley:always scout:mention')).toEqual(['parley 3 (every 3) held 0 ()', 'scout 1 (agent-mention 1) held 3 (not-addressed 3)'])
  expect(rehearsed(lines, 'parley:auto scout:mention')).toEqual(['parley 0 () held 3 (not-addressed 3)', 'scout 0 () held 3 (not-addressed 3)'])
})

test('[R123] what was asked for by hand is as it was', () => {
  const lines: readonly Line[] = [
    ['bo', 0, 'hi'],
    ['ann', 1, 'hello'],
    ['parley', 1, 'Hello.', 1, ['asked', 'ann']],
    ['ann', 2, 'and?'],
  ]
  expect(rehearsed(lines, 'parley:off')).toEqual(['parley 1 (asked 1) held 3 (off 3)'])
  expect(rehearsed(lines, 'parley:auto')).toEqual(['parley 2 (asked 1, follow-up 1) held 2 (not-addressed 2)'])
})

test('[R123] agents that thank each other are held back there too', () => {
  const lines: readonly Line[] = [
    ['ann', 0, '@Parley thank Scout'],
    ...Array.from({ length: 6 }, (_, at): Line => [at % 2 ? 'scout' : 'parley', 1, at % 2 ? 'Thanks @Parley' : 'Thanks @Scout', at]),
  ]
  expect(rehearsed(lines, 'parley:mention scout:mention')).toEqual([
    'parley 2 (mention 1, agent-mention 1) held 1 (guarded 1)',
    'scout 2 (agent-mention 2) held 1 (not-addressed 1)',
  ])
})

test('[R123] what somebody asks for by hand begins a chain of its own', () => {
  const thanks = Array.from({ length: 4 }, (_, at): Line => [at % 2 ? 'scout' : 'parley', 1, at % 2 ? 'Thanks @Parley' : 'Thanks @Scout', at])
  const lines: readonly Line[] = [['ann', 0, '@Parley thank Scout'], ...thanks, ['parley', 2, 'Thanks @Scout', 4, ['asked', 'ann']]]
  const [parley, scout] = rehearsed(lines, 'parley:mention scout:mention')
  expect(parley).toBe('parley 3 (mention 1, agent-mention 1, asked 1) held 1 (guarded 1)')
  expect(scout).toBe('scout 3 (agent-mention 3) held 1 (not-addressed 1)')
})

test('[R123] an older log, without any reason on its replies, can be played again', () => {
  const lines: readonly Line[] = [
    ['ann', 0, 'hello'],
    ['parley', 0, 'Hello.', 0],
    ['ann', 1, 'and?'],
    ['parley', 1, 'And more.', 2],
  ]
  expect(rehearsed(lines, 'parley:auto')).toEqual(['parley 2 (alone 2) held 0 ()'])
})

test('[R123] only the newest two hundred are played again, and twelve agents among two hundred people take little time', () => {
  const lines = Array.from({ length: 400 }, (_, at): Line => [
    at % 3 === 0 ? 'bo' : 'ann',
    at,
    `@Scout ${'and @Parley, see `code` > here\n> quoted\n'.repeat(20)}`,
  ])
  const names = ['parley', 'scout', 'critic', ...Array.from({ length: 9 }, (_, at) => `a${at}`)]
  const before = process.cpuUsage()
  const all = rehearsed(lines, names.map((name) => `${name}:auto`).join(' '))
  const { user, system } = process.cpuUsage(before)
  expect(all[0]).toMatch(`parley ${MOST_REHEARSED} (mention ${MOST_REHEARSED})`)
  expect((user + system) / 1_000).toBeLessThan(2_000)
})
