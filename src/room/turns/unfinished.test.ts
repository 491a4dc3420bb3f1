import type { DynamicToolUIPart } from 'ai'
import { describe, expect, test } from 'vitest'
import type { Part } from '../../conversation/message'
import type { Effect } from '../../conversation/tool-part'
import { afterRestart, endCalls, forRetry } from './unfinished'

const text = (said: string): Part => ({ type: 'text', text: said })

type State = 'input-streaming' | 'input-available' | 'output-available' | 'output-error'

function call(id: string, effect: Effect | null, state: State, step = 1): DynamicToolUIPart {
  const named = { type: 'dynamic-tool', toolName: id, toolCallId: id, toolMetadata: { tool: id, effect, step }, input: {} } as const
  if (state === 'output-available') return { ...named, state, output: 1 }
  return state === 'output-error' ? { ...named, state, errorText: 'No.' } : { ...named, state }
}

/** As release 0.4 would have kept one. */
const old: Part = { type: 'dynamic-tool', toolName: 'old', toolCallId: 'old', state: 'input-available', input: {} }

const shapes = (parts: readonly Part[]) =>
  parts.map((part) =>
    part.type === 'dynamic-tool' ? `${part.toolCallId} ${part.state}${part.errorText?.includes('may have happened') ? ' perhaps' : ''}` : part.text,
  )

describe('[R184] after a restart', () => {
  test.each<readonly [string, Part, readonly string[], readonly string[]]>([
    ['a call that was never whole is gone', call('a', 'none', 'input-streaming'), [], []],
    ['a call without an effect may run again', call('a', 'none', 'input-available'), [], ['a input-available']],
    ['a call with an effect that had not begun may run', call('a', 'outside', 'input-available'), [], ['a input-available']],
    ['a call with an effect that had begun may not', call('a', 'room', 'input-available'), ['a'], ['a output-error perhaps']],
    ['a call with its result keeps it', call('a', 'outside', 'output-available'), ['a'], ['a output-available']],
    ['a call that failed has failed', call('a', 'outside', 'output-error'), ['a'], ['a output-error']],
    ['a call of an older release may have happened', old, [], ['old output-error perhaps']],
    ['words stay', text('Hello'), [], ['Hello']],
  ])('%s', (_what, part, begun, expected) => {
    expect(shapes(afterRestart([part], new Set(begun)))).toEqual(expected)
  })
})

test('[R184] a reply that ends leaves no call without its end, and says of those that had begun that they may have happened', () => {
  const parts = [
    text('Hello'),
    call('a', 'outside', 'input-available'),
    call('b', 'none', 'input-available'),
    call('c', 'none', 'input-streaming'),
    call('d', 'none', 'output-available'),
  ]
  expect(shapes(endCalls(parts, new Set(['a']), 'Stopped.'))).toEqual([
    'Hello',
    'a output-error perhaps',
    'b output-error',
    'c output-error',
    'd output-available',
  ])
  const ended = [text('Hello'), call('d', 'none', 'output-available')]
  expect(endCalls(ended, new Set(), 'Stopped.')).toBe(ended)
})

test.each<readonly [string, readonly Part[], readonly string[]]>([
  ['nothing where nothing had an effect', [text('a'), call('b', 'none', 'output-available'), text('c')], []],
  ['nothing of a tool that there is not', [call('b', null, 'output-error')], []],
  [
    'all up to the last effect',
    [text('a'), call('b', 'room', 'output-available'), text('c'), call('d', 'outside', 'output-error'), text('e')],
    ['a', 'b output-available', 'c', 'd output-error'],
  ],
  ['what an older release called', [text('a'), { ...old, state: 'output-available', output: 1 }], ['a', 'old output-available']],
])('[R184] a retry keeps %s', (_what, parts, expected) => {
  expect(shapes(forRetry(parts))).toEqual(expected)
})
