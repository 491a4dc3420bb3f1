import { expect, test } from 'vitest'
import { withoutOddUsage, withoutOddUsageInLines } from './odd-usage'

const NONE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, input_tokens: 0, output_tokens: 0 }

/** As the interfaces of the providers say it: chat completions, Responses, messages at their beginning and end. */
const PLACES: readonly (readonly [string, (usage: unknown) => object])[] = [
  ['chat', (usage) => ({ choices: [], usage })],
  ['Responses', (usage) => ({ type: 'response.completed', response: { id: 'r', usage, output: [] } })],
  ['message_start', (usage) => ({ type: 'message_start', message: { id: 'm', usage } })],
  ['message_delta', (usage) => ({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage })],
]

test.each(PLACES)('[R99] an odd usage is replaced and a good one left alone: %s', (_place, event) => {
  for (const odd of ['many', 7, [], { total_tokens: '5' }, { input_tokens: -1 }, { output_tokens: 1e12 }, { prompt_tokens_details: 4 }]) {
    expect(JSON.parse(withoutOddUsage(JSON.stringify(event(odd))) ?? 'null')).toEqual(event(NONE))
  }
  for (const good of [
    null,
    {},
    { input_tokens: 5, output_tokens: 0, service_tier: 'standard' },
    { total_tokens: null, input_tokens_details: { cached_tokens: 3 } },
  ]) {
    expect(withoutOddUsage(JSON.stringify(event(good)))).toBe(null)
  }
})

test('[R99] of lines only the odd ones change, whatever ends them', () => {
  const say = (usage: unknown) => `data: ${JSON.stringify({ choices: [{ delta: { content: '"usage": 1' } }], usage })}`
  const lines = (first: unknown, second: unknown) => `: usage\r\nevent: x\r${say(first)}\r\n\r\n${say(second)}\n\ndata: [DONE]\n\n`
  expect(withoutOddUsageInLines(lines({ total_tokens: 5 }, { total_tokens: -5 }))).toBe(lines({ total_tokens: 5 }, NONE))
  expect(withoutOddUsageInLines(lines({ total_tokens: 5 }, null))).toBe(null)
  expect(withoutOddUsageInLines('data: {"usage": 1, broken\n\n')).toBe(null)
})
