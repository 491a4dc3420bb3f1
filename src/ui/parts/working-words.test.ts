import { expect, test } from 'vitest'
import type { MemberId } from '../../conversation/ids'
import type { MessageMetadata, Part } from '../../conversation/message'
import { workOf } from './working-words'

const author = { id: 'parley' as MemberId, name: 'Parley', kind: 'agent' } as const
const text = (said: string): Part => ({ type: 'text', text: said })
const call = (tool: string, step: number, isDone: boolean): Part => ({
  type: 'dynamic-tool',
  toolName: tool,
  toolCallId: `${tool}-${step}`,
  toolMetadata: { tool, effect: 'none', step },
  input: {},
  ...(isDone ? { state: 'output-available', output: 1 } : { state: 'input-available' }),
})
const took = (dollars: number | null) => ({
  amended: {
    version: 1,
    values: {
      usage: {
        by: 'ann',
        name: 'Ann',
        model: 'm',
        calls: 2,
        input: 1_000,
        output: 204,
        cached: 0,
        reasoning: 0,
        isEstimated: false,
        dollars,
        firstMs: 1,
        lastMs: 2,
      },
    },
  },
})

test.each<readonly [string, readonly Part[], Partial<MessageMetadata>, number, string]>([
  ['a call that waits for people', [text('Hm.'), call('search_room', 1, false)], { status: 'asking' }, 1, 'Step 1 · waits for people'],
  ['a tool that runs', [text('Hm.'), call('search_room', 1, false)], {}, 1, 'Step 1 · uses search_room · 12 s'],
  [
    'several that run, each once',
    [call('now', 1, true), call('look', 2, false), call('look', 2, false), call('pay', 2, false)],
    {},
    2,
    'Step 2 · uses look, pay · 12 s',
  ],
  ['the model after its tools', [call('now', 1, true)], {}, 2, 'Step 2 · asks its model · 12 s'],
  ['words after its tools', [call('now', 1, true), text('It is')], {}, 2, 'Step 2 · answers · 12 s'],
  ['what it took so far', [call('now', 1, true)], took(0.0012), 2, 'Step 2 · asks its model · 12 s · 1204 tokens · $0.0012'],
  ['what has no price', [call('now', 1, true)], took(null), 2, 'Step 2 · asks its model · 12 s · 1204 tokens'],
  ['a reply that was asked for again', [call('now', 1, true)], { startedAt: 7_000 }, 2, 'Step 2 · asks its model · 5 s'],
])('[R190] says of %s which step it is, what is done, since when, and what it took', (_what, parts, metadata, step, words) => {
  expect(workOf({ parts, metadata: { seq: 1, version: 1, author, status: 'streaming', createdAt: 0, ...metadata } }, 12_000, String)).toEqual({ step, words })
})
