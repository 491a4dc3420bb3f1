import { generateText } from 'ai'
import { expect, test } from 'vitest'
import type { RoomReader } from '../room-reader'
import { explained, spoken } from '../spoken'
import { Guide } from './guide'
import { Means } from './means'
import { replyTo } from './reply'

const MARKER = 'k3v9x2qa7m'
const EMPTY: RoomReader = { count: () => 0, search: () => [], newest: () => [], here: () => [] }
const ROOM: RoomReader = {
  ...EMPTY,
  as: { name: 'Parley', handle: 'parley' },
  others: [{ name: 'The *Scout*', handle: 'scout' }],
  notes: [
    { fact: 'We meet on *Tuesdays*.', name: 'Ann' },
    { fact: 'The budget is 400.', name: 'Bo' },
  ],
  plans: [{ when: 'every day at 9', task: 'sum up', next: '2026-03-04 09:00 (UTC)' }],
}

async function ask(text: string, room = ROOM): Promise<string> {
  const prompt = spoken({ seq: 50, kind: 'person', name: 'Ann', text }, MARKER)
  return (await generateText({ model: new Guide(room, { wordDelayMs: 0, now: () => 0 }), system: explained(MARKER), prompt })).text
}

/** What it calls for this, and what it says once that has answered so. */
function withTool(text: string, tool: string, output: { readonly type: 'text' | 'error-text'; readonly value: string }) {
  const question = { text, name: 'Ann', seq: 9, partial: null, done: [] }
  const before = new Means(ROOM, 0, new Set([tool]))
  replyTo(question, before)
  const [{ input } = { input: {} }] = before.wanted
  const call = { type: 'tool-call', toolCallId: 'c', toolName: tool, input } as const
  const after = new Means(ROOM, 0, new Set([tool]), [
    { role: 'assistant', content: [call] },
    { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'c', toolName: tool, output }] },
  ])
  return { calls: before.wanted, said: replyTo(question, after) }
}

test.each([
  ['What do you remember?', /newest first:\n\n- We meet on &#42;Tuesdays&#42;\. \(Ann\)\n- The budget is 400\. \(Bo\)$/],
  ['show me the notes', /We meet/],
  ['what do you remember about the budget?', /^This room remembers, newest first:\n\n- The budget is 400\. \(Bo\)$/],
  ['what do you remember about tea?', /^No note of this room says anything about “tea”\.$/],
  ['what is planned?', /the next first:\n\n- \*\*every day at 9\*\*: sum up \(next at 2026-03-04 09:00 \(UTC\)\)$/],
  ['Remind us: water the plants', /^\*\*Reminder\*\*: water the plants$/],
  ['say good morning', /^Good morning, everybody!$/],
  ['what can you do?', /remember that we meet[^]*every weekday at 9[^]*read https:[^]*ask The &#42;Scout&#42; about deploy/],
  ['ask Critic about the plan', /no agent called Critic in this room/],
])('[R280] says what the room itself holds, and how more comes: %s', async (text, said) => {
  expect(await ask(text)).toMatch(said)
})

test('[R280] says how notes and plans are made where there are none', async () => {
  expect(await ask('what do you remember?', EMPTY)).toContain('Say “remember that …”')
  expect(await ask('what is planned?', EMPTY)).toContain('Nothing is planned')
  expect(await ask('hello', EMPTY)).toContain('adds Scout')
})

test.each(['ask Scout where the boat leaves', '@Parley please ask @scout where the boat leaves'])(
  '[R280] asks another agent that it is told to ask: %s',
  (text) => {
    const asked = withTool(text.replace('@Parley ', ''), 'ask_agent', { type: 'text', value: '{"answer":"At pier *4*."}' })
    expect(asked.calls).toEqual([{ tool: 'ask_agent', input: { agent: 'scout', question: 'where the boat leaves' } }])
    expect(asked.said).toBe('I asked **The &#42;Scout&#42;**, whose answer stands below.')
  },
)

test.each(['ask me anything', 'ask Bo about the boat', 'may I ask you something?'])('[R280] asks nobody for “%s”', (text) => {
  expect(withTool(text, 'ask_agent', { type: 'text', value: '{}' }).calls).toEqual([])
})

test('[R280] says in plain words what stood in the way', () => {
  const text = 'read https://www.example.com/'
  const told = (value: string) => withTool(text, 'fetch_page', { type: 'error-text', value }).said
  expect(told('This page cannot be reached.')).toBe('That did not work: This page cannot be reached.')
  expect(told('This call was not run. Ann denied it, and says: Not that one')).toBe('I did not do it. Ann denied it, and says: Not that one')
})

test.each([
  ['use get-sum with a: 2, b: 40', { a: 2, b: 40 }],
  ['call local_get_sum {"a":2,"b":[40]}', { a: 2, b: [40] }],
  ['use the tool get_sum with message = “two, three”, deep = true.', { message: 'two, three', deep: true }],
  ['run get-sum', {}],
])('[R280] calls any tool that it is told to call: %s', (text, input) => {
  const asked = withTool(text, 'local_get_sum', { type: 'text', value: 'It is *42*.' })
  expect(asked.calls).toEqual([{ tool: 'local_get_sum', input }])
  expect(asked.said).toMatch(/says: “It is &#42;42&#42;\.”$/)
})

test.each(['use your head', 'call me later', 'use get-sum with everything'])('[R280] calls nothing for “%s”', (text) => {
  expect(withTool(text, 'local_get_sum', { type: 'text', value: '' }).calls).toEqual([])
})
