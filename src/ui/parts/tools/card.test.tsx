import type { DynamicToolUIPart } from 'ai'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ToolPart } from '../ToolPart'
import { cardOf } from './card'

function done(tool: string, input: unknown, output: unknown, server?: string): DynamicToolUIPart {
  const toolMetadata = { tool, effect: 'none', step: 1, ...(server === undefined ? {} : { server }) }
  return {
    type: 'dynamic-tool',
    toolName: server === undefined ? tool : `${server}_${tool}`,
    toolCallId: 'c',
    toolMetadata,
    input,
    state: 'output-available',
    output,
  }
}

const message = (number: number) => ({ number, author: 'Bo', kind: 'person', at: '2026-03-03T12:00:00.000Z', text: `said ${number}` })

test.each([
  ['search_room', { query: 'boat' }, { found: [message(1)], more: 0, searched: 9 }, '“boat”, 1 message'],
  ['search_room', { query: 'boat' }, { found: [], more: 0, searched: 9 }, '“boat”, nothing found'],
  ['read_messages', {}, { found: [message(1), message(2)] }, '2 messages'],
  ['calculate', { sum: '3*7' }, { sum: '3*7', result: '21' }, '3*7 = 21'],
  ['now', {}, { at: '2026-03-03T12:34:56.000Z', weekday: 'Tuesday', zone: 'UTC' }, 'Tuesday, 2026-03-03 12:34 UTC'],
  ['who_is_here', {}, { here: [{ name: 'Ann' }, { name: 'Bo' }], more: 0 }, 'Ann, Bo'],
  ['who_is_here', {}, { here: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ name })), more: 0 }, 'a, b, c, d and 2 more'],
  ['remember', { fact: 'x' }, { noted: 'We like tea.' }, '“We like tea.”'],
  ['forget', { note: 'tea' }, { forgotten: 'We like tea.' }, '“We like tea.”'],
  ['schedule', {}, { planned: { when: 'every day at 9', next: '2026-03-04 09:00 (UTC)', agent: 'Parley' } }, 'every day at 9, next 2026-03-04 09:00 (UTC)'],
  ['ask_agent', { agent: 'scout', question: 'Where is it?' }, { agent: 'Scout', answer: 'Here.' }, 'scout, “Where is it?”'],
  ['ask_agent', { agent: 'scout', question: 'w'.repeat(99) }, { agent: 'Scout', answer: 'Here.' }, `scout, “${'w'.repeat(60)}…”`],
])('[R185] what %s was used for with %j is seen without opening it: %#', (tool, input, output, line) => {
  expect(cardOf(done(tool, input, output))?.line).toBe(line)
})

test('[R186] messages that were found are listed, each with the way to it', () => {
  const html = renderToStaticMarkup(<ToolPart part={done('search_room', { query: 'x' }, { found: [message(7)] })} />)
  expect(html).toContain('data-tool="search_room"')
  expect(html).toMatch(/<ul data-part="found"><li>.*Bo.*said 7.*aria-label="Go to message 7"/)
})

test.each([null, 'text', 7, [], {}, { found: 'many' }, { found: [null, 7, { number: 'x' }, { number: -1, at: 'never' }] }])(
  '[R185] a card of what cannot be read is none, or empty, and never fails: %j',
  (output) => {
    for (const tool of ['search_room', 'read_messages', 'calculate', 'now', 'who_is_here', 'remember', 'forget', 'schedule', 'ask_agent', 'other'])
      expect(renderToStaticMarkup(<ToolPart part={done(tool, output, output)} />)).toContain(`data-tool="${tool}"`)
  },
)

test('[R185] a tool of a server is shown as it is, with its server, whatever it is called', () => {
  const html = renderToStaticMarkup(<ToolPart part={done('search_room', { query: 'x' }, { found: [message(7)] }, 'notes')} />)
  expect(html).toContain('data-tool="search_room" data-server="notes"')
  expect(html).toContain('notes: search_room')
  expect(html).not.toContain('data-part="found"')
  expect(html).toContain('&quot;number&quot;: 7')
})

test('[R185] what a tool says is text on the screen, and nothing else', () => {
  const html = renderToStaticMarkup(<ToolPart part={done('fetch', {}, '<img src=x onerror=alert(1)>', '<b>x</b>')} />)
  expect(html).not.toMatch(/<img|<b>/)
})

test('[R281] whom an agent asks and what is seen while the answer is on its way, and why there is none', () => {
  const call = { type: 'dynamic-tool', toolName: 'ask_agent', toolCallId: 'c', input: { agent: 'scout', question: 'Where is it?' } } as const
  const html = renderToStaticMarkup(<ToolPart part={{ ...call, state: 'input-available' }} />)
  expect(html).toMatch(/scout, “Where is it\?”.*running….*Go to the answer/)
  expect(renderToStaticMarkup(<ToolPart part={{ ...call, state: 'output-error', errorText: 'Scout is off.' }} />)).toMatch(/failed.*<p>Scout is off\.<\/p>/)
})
