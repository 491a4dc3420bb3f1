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
  ['What do you remember?', /newest first:\n\n- We meet on &#42;Tuesdays&#42;\. \(Ann\)\n- The budget is 400\. \(Bo\)\n\n/],
  ['show me the notes', /We meet/],
  ['what do you remember about the budget?', /^This room remembers, newest first:\n\n- The budget is 400\. \(Bo\)\n\n/],
  ['what do you remember about tea?', /^No note of this room says anything about “tea”\.$/],
  ['what is planned?', /the next first:\n\n- \*\*every day at 9\*\*: sum up \(next at 2026-03-04 09:00 \(UTC\)\)\n\n/],
  ['Remind us: water the plants', /^\*\*Reminder\*\*: water the plants$/],
  ['say good morning', /^Good morning, everybody!$/],
  ['what can you do?', /remember that we meet[^]*every weekday at 9[^]*read https:[^]*ask The &#42;Scout&#42; about deploy/],
  ['ask Critic about the plan', /no agent called Critic here/],
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

/** With these tools, in the room of this id. */
function slipped(text: string, room: RoomReader = { ...ROOM, id: 'harbour' }): string {
  const means = new Means(room, 0, new Set(['search_room', 'calculate', 'remember', 'forget', 'fetch_page', 'ask_agent', 'schedule']))
  const said = replyTo({ text, name: 'Ann', seq: 9, partial: null, done: [] }, means)
  expect(means.wanted).toEqual([])
  return said
}

test.each([
  ['remember that', /^Remember what\?/],
  ['Please remember:', /^Remember what\?/],
  ['note that …', /^Remember what\?/],
  ['remember', /^Remember what\?/],
  ['use nosuchtool', /^There is no tool called nosuchtool here\. Here are \*\*search_room\*\*, .*, and more\.$/],
  ['call the tool get_sum with a: 2', /^There is no tool called get_sum here/],
  ['run nosuchtool {"a":1}', /^There is no tool called nosuchtool here/],
  ['use', /^Use which tool\? Here are/],
  ['ask Nobody about x', /^There is no agent called Nobody here\. Here is \*\*The &#42;Scout&#42;\*\*\.$/],
  ['ask @nobody', /^There is no agent called nobody here/],
  ['ask Scout', /^Ask \*\*The &#42;Scout&#42;\*\* what\?/],
  ['ask', /^Ask whom, and what\?/],
  ['forget everything', /^I forget one note at a time: .*\(`\/rooms\/harbour\/memory`\)\.$/],
  ['forget all the notes!', /^I forget one note at a time/],
  ['forget', /^Forget what\?/],
  ['read', /^Read which page\?/],
  ['read the page', /^Read which page\?/],
  ['read www.example.com', /^Read which page\?/],
  ['search for', /^What shall I search for\?/],
  ['search the room', /^What shall I search for\?/],
  ['find …', /search for\?/i],
  ['remind us', /^Remind you of what, and when\?/],
  ['calculate (((', /^“\(\(\(” is no sum\./],
  ['calculate', /^Calculate what\?/],
  ['calculate the weather', /^“the weather” is no sum\./],
  ['every day at 9', /^What shall I do every day at 9\?/],
  ['cancel the schedule', /^I cannot cancel what is planned\. .* \*\*Schedules\*\* \(`\/rooms\/harbour\/schedules`\)\.$/],
  ['cancel every weekday', /^I cannot cancel what is planned/],
  ['please delete all reminders', /^I cannot cancel what is planned/],
  ['stop the plan', /^I cannot cancel what is planned/],
  ['delete a note', /^Everybody here can change notes.*\/rooms\/harbour\/memory/],
  ['what is planned?', /cancelled on the page \*\*Schedules\*\* \(`\/rooms\/harbour\/schedules`\)\.$/],
  ['what do you remember?', /changed on the page \*\*Memory\*\* \(`\/rooms\/harbour\/memory`\)\.$/],
])('[R280] says in a sentence what is missing: %s', (text, said) => {
  expect(slipped(text)).toMatch(said)
  expect(slipped(text)).not.toContain('only the built-in guide')
})

test('[R280] names the page where it does not know the room, and says what is not there', () => {
  expect(slipped('cancel the plan', ROOM)).toMatch(/\*\*Schedules\*\* of this room\.$/)
  expect(slipped('forget everything', EMPTY)).toMatch(/no notes that I could forget/)
  expect(slipped('ask Nobody about x', EMPTY)).toMatch(/No other agent is here/)
})

test.each(['use your head', 'call me later', 'ask me anything', 'I remember that', 'read my lips', 'stop it', 'cancel my order', 'run for your life'])(
  '[R280] takes nothing for a slip that is none: %s',
  (text) => {
    expect(slipped(text)).toContain('only the built-in guide')
  },
)
