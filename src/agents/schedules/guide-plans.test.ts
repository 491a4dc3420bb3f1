import type { LanguageModelV4Prompt } from '@ai-sdk/provider'
import { expect, test } from 'vitest'
import { readWhen } from './when'
import type { RoomReader } from '../../models/room-reader'
import { Means } from '../../models/guide/means'
import type { Question } from '../../models/guide/question'
import { questionIn } from '../../models/guide/question'
import { replyTo } from '../../models/guide/reply'

const NOON = Date.UTC(2026, 2, 3, 12, 0)
const room: RoomReader = { count: () => 0, search: () => [], newest: () => [], here: () => [] }
const question = (text: string): Question => ({ text, name: 'Ann', seq: 9, partial: null, done: [] })

/** What the guide calls for this. */
function callsFor(text: string): readonly { readonly tool: string; readonly input: unknown }[] {
  const means = new Means(room, NOON, new Set(['remember', 'forget', 'schedule', 'search_room', 'now', 'who_is_here', 'calculate']))
  replyTo(question(text), means)
  return means.wanted
}

test.each([
  ['remember that we ship on Friday', 'remember', { fact: 'We ship on Friday.' }],
  ['Please remember: the door code is on the fridge!', 'remember', { fact: 'The door code is on the fridge!' }],
  ['can you note that Bo is away?', 'remember', { fact: 'Bo is away?' }],
  ['forget that we ship on Friday.', 'forget', { note: 'we ship on Friday' }],
  ['forget about the fridge', 'forget', { note: 'the fridge' }],
  ['every weekday at 9, what did I miss?', 'schedule', { when: 'every weekday at 9', task: 'what did I miss?' }],
  ['every day at 9 search for deploy', 'schedule', { when: 'every day at 9', task: 'search for deploy' }],
  ['Every Monday and Thursday at 9:30 am: who is here?', 'schedule', { when: 'every monday and thursday at 9:30 am', task: 'who is here?' }],
  ['in 2 minutes, what time is it?', 'schedule', { when: 'in 2 minutes', task: 'what time is it?' }],
  ['tomorrow at 14:30, sum up', 'schedule', { when: 'tomorrow at 14:30', task: 'sum up' }],
  ['on friday at 9 count to 5', 'schedule', { when: 'on friday at 9', task: 'count to 5' }],
  ['remind us tomorrow at 9 to water the plants', 'schedule', { when: 'tomorrow at 9', task: 'Remind us: water the plants' }],
  ['remind me to water the plants in 2 minutes', 'schedule', { when: 'in 2 minutes', task: 'Remind us: water the plants' }],
  ['remember we like tea', 'remember', { fact: 'We like tea.' }],
  ['forget the budget', 'forget', { note: 'the budget' }],
])('[R166] [R240] [R244] “%s” calls %s', (text, tool, input) => {
  expect(callsFor(text)).toEqual([{ tool, input }])
  if (tool === 'schedule') expect(readWhen((input as { readonly when: string }).when, NOON, 'UTC')).toMatchObject({ ok: true })
})

test.each([
  'do you remember Bo?',
  'in short, who is here?',
  'every day I write',
  'every day at 9',
  'at 9',
  'what is on Friday?',
  'forget it',
  'do you remember the boat?',
  'Remind us: water the plants',
  'what do you remember?',
  'what is planned?',
  'note 5',
  'I will remember that',
])('[R166] “%s” plans nothing and notes nothing', (text) => {
  expect(callsFor(text).filter(({ tool }) => tool === 'remember' || tool === 'schedule' || tool === 'forget')).toEqual([])
})

test('[R166] without the tools it says what it can do', () => {
  const means = new Means(room, NOON)
  expect(replyTo(question('remember that we ship on Friday'), means)).toContain('only the built-in guide')
})

test.each(['Scheduled (every day at 9): what time is it?', 'Scheduled (every day at 9, missed at 2027-01-14 09:00 (UTC) and done now): what time is it?'])(
  '[R166] [R244] what a schedule says is asked as if somebody did: %s',
  (text) => {
    const prompt: LanguageModelV4Prompt = [{ role: 'user', content: [{ type: 'text', text }] }]
    expect(questionIn(prompt).text).toBe('what time is it?')
  },
)
