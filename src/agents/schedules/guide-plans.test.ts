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

/** What begins, or ends, like a time and cannot be read: planned by nobody, who says what is wrong. */
test.each([
  ['every 31st at 25:00, what did I miss?', 'every 31st at 25:00', 'what did I miss?', '“25:00” is no time'],
  ['every day at 25:00 what did I miss?', 'every day at 25:00', 'what did I miss?', '“25:00” is no time'],
  ['every day at 25 count to 3', 'every day at 25', 'count to 3', '“25” is no time'],
  ['at 25:61: count to 3', 'at 25:61', 'count to 3', '“25:61” is no time'],
  ['tomorrow at 14:30 Europe/Berlin, count to 3', 'tomorrow at 14:30 europe/berlin', 'count to 3', 'The clocks of this room'],
  ['tomorrow at 14:30 Europe/Berlin count to 3', 'tomorrow at 14:30 europe/berlin', 'count to 3', 'The clocks of this room'],
  ['tomorrow at 14:30, Europe/Berlin, count to 3', 'tomorrow at 14:30, europe/berlin', 'count to 3', 'The clocks of this room'],
  ['every day at 9 am PST: who is here?', 'every day at 9 am pst', 'who is here?', 'The clocks of this room'],
  ['tomorrow at 14:30 Berlin time, count to 3', 'tomorrow at 14:30 berlin time', 'count to 3', 'The clocks of this room'],
  ['tomorrow at 14:30 in Berlin, count to 3', 'tomorrow at 14:30 in berlin', 'count to 3', 'not understood'],
  ['every other day, what did I miss?', 'every other day', 'what did I miss?', 'not understood'],
  ['every now and then, what did I miss?', 'every now and then', 'what did I miss?', 'not understood'],
  ['every 7 minutes, count to 3', 'every 7 minutes', 'count to 3', 'divides 60'],
  ['every 10 seconds, count to 3', 'every 10 seconds', 'count to 3', 'every minute'],
  ['on 31 February at 9, sum up', 'on 31 february at 9', 'sum up', 'never comes'],
  ['2026-02-30 12:00, what did I miss?', '2026-02-30 12:00', 'what did I miss?', 'never comes'],
  ['every year on 30 february, what did I miss?', 'every year on 30 february', 'what did I miss?', 'never comes'],
  ['in -5 minutes, count to 3', 'in -5 minutes', 'count to 3', 'has passed'],
  ['yesterday at 9, sum up', 'yesterday at 9', 'sum up', 'has passed'],
  ['tonight, what did I miss?', 'tonight', 'what did I miss?', 'not understood'],
  ['twice a day, what did I miss?', 'twice a day', 'what did I miss?', 'not understood'],
  ['60 9 * * 1-5, what did I miss?', '60 9 * * 1-5', 'what did I miss?', 'not understood'],
  ['count to 3 tomorrow at 25:00', 'tomorrow at 25:00', 'count to 3', '“25:00” is no time'],
  ['What did I miss every day at 25?', 'every day at 25', 'What did I miss', '“25” is no time'],
  ['count to 3 every 7 minutes', 'every 7 minutes', 'count to 3', 'divides 60'],
  ['remind us tomorrow at 25 to water the plants', 'tomorrow at 25', 'Remind us: water the plants', '“25” is no time'],
  ['remind us to water the plants every 31st at 25:00', 'every 31st at 25:00', 'Remind us: water the plants', '“25:00” is no time'],
  ['remind me to water the plants tomorrow at 9 Europe/Berlin.', 'tomorrow at 9 europe/berlin', 'Remind us: water the plants', 'The clocks of this room'],
])('[R280] “%s” is refused in words, and not done at once', (text, when, task, fault) => {
  expect(callsFor(text)).toEqual([{ tool: 'schedule', input: { when, task } }])
  expect(readWhen(when, NOON, 'Europe/Zurich')).toEqual({ ok: false, fault: expect.stringContaining(fault) })
})

test.each([
  ['count to 3 tomorrow at 9', 'tomorrow at 9', 'count to 3'],
  ['who is here every weekday at 9?', 'every weekday at 9', 'who is here'],
  ['every 31st at 9, what did I miss?', 'every 31st at 9', 'what did I miss?'],
  ['0 9 * * 1-5, what did I miss?', '0 9 * * 1-5', 'what did I miss?'],
  ['2026-12-24 18:00, what did I miss?', '2026-12-24 18:00', 'what did I miss?'],
  ['every day sum up', 'every day', 'sum up'],
  ['every day at 9, what did I miss and who is here?', 'every day at 9', 'what did I miss and who is here?'],
  ['every mon, wed and fri at 12 am, sum up', 'every mon, wed and fri at 12 am', 'sum up'],
  ['on december 3rd, 2027 at 10, sum up', 'on december 3rd, 2027 at 10', 'sum up'],
  ['every day at 9, 5 + 5', 'every day at 9', '5 + 5'],
])('[R280] “%s” is planned, whole', (text, when, task) => {
  expect(callsFor(text)).toEqual([{ tool: 'schedule', input: { when, task } }])
  expect(readWhen(when, Date.UTC(2026, 10, 26), 'UTC')).toMatchObject({ ok: true })
})

test.each([
  'every answer should be short',
  'every time I look, who is here?',
  'every second answer is wrong',
  'every one of us, who is here?',
  'each of us counts',
  'at the harbour, who is here?',
  'at first, who is here?',
  'at least 3 of us, who is here?',
  'in general, who is here?',
  'in 5 words, what did I miss?',
  'in English, what did I miss?',
  'in March, who is here?',
  'in the last 2 hours, what did I miss?',
  'on second thought, who is here?',
  'on the other hand, who is here?',
  'on the whole, what did I miss?',
  'in two minds, who is here?',
  'today, what did I miss?',
  'what did I miss today?',
  'what did I miss this week?',
  'what did I miss in the last 2 hours?',
  'this morning, what did I miss?',
  'next, who is here?',
  'once more, who is here?',
  'what time is it in UTC?',
  'search for the meeting tomorrow at 9',
  'who said tomorrow at 9?',
  '2 + 2',
  '17 * 23 + 4',
  '12:30',
  'in 2 minutes we are ready',
  'tomorrow is another day',
  'after all, who is here?',
  'by the way, who is here?',
  'from now on, who is here?',
])('[R280] “%s” is no time', (text) => {
  expect(callsFor(text).filter(({ tool }) => tool === 'schedule')).toEqual([])
})

test('[R280] a note may hold a time', () => {
  expect(callsFor('remember that we meet every Tuesday at 9')).toEqual([{ tool: 'remember', input: { fact: 'We meet every Tuesday at 9.' } }])
})

test('[R41] [R280] no sentence takes long to be looked at for a time', () => {
  const began = performance.now()
  for (const piece of ['every ', 'at 9, ', '9:', 'tomorrow, ', 'monday and ', '* ', 'a ', ',', 'count to 3 every ', 'on the 3rd '])
    for (const text of [piece.repeat(400), `every day at 9 ${piece.repeat(400)}`, `count to 3 ${piece.repeat(400)}`, `remind us to ${piece.repeat(400)}`])
      callsFor(text)
  expect(performance.now() - began).toBeLessThan(1_500)
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
