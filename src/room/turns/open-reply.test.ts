import { expect, test } from 'vitest'
import type { RoomEvent } from '../../conversation/event'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Message, Part } from '../../conversation/message'
import type { AnswerChunk } from '../../models/answer'
import { OpenReply } from './open-reply'
import { LONGEST_REPLY, MOST_PARTS, sizeOf } from './reply-limit'

const id = 'message-1' as MessageId
const text = (said: string): Part => ({ type: 'text', text: said })
const part = (index: number, shown: Part): RoomEvent => ({ type: 'part', id, index, part: shown })
const delta = (index: number, offset: number, said: string): RoomEvent => ({ type: 'delta', id, index, offset, text: said })
const called: Part & AnswerChunkTool = { type: 'dynamic-tool', toolName: 'clock', toolCallId: 'call', state: 'input-available', input: {} }
const answered: Part & AnswerChunkTool = { type: 'dynamic-tool', toolName: 'clock', toolCallId: 'call', state: 'output-available', input: {}, output: 'noon' }

type AnswerChunkTool = Extract<AnswerChunk, { type: 'tool' }>['part']

function opened(parts: readonly Part[] = []): OpenReply {
  const message: Message = {
    id,
    role: 'assistant',
    parts,
    metadata: { seq: 2, version: 2, author: { id: 'parley' as MemberId, name: 'Parley', kind: 'agent' }, status: 'streaming', createdAt: 0 },
  }
  return new OpenReply(message, 0)
}

const take = (reply: OpenReply, ...chunks: readonly AnswerChunk[]) => chunks.flatMap((chunk) => reply.take(chunk))

test('[L5] a text appears with its first words and grows by offsets', () => {
  const reply = opened()
  expect(take(reply, { type: 'text-start' }, { type: 'text', text: 'Hel' }, { type: 'text', text: 'lo' })).toEqual([part(0, text('Hel')), delta(0, 3, 'lo')])
  expect(reply.message.parts).toEqual([text('Hello')])
})

test('every start is a part of its own', () => {
  const reply = opened()
  take(
    reply,
    { type: 'reasoning-start' },
    { type: 'reasoning', text: 'hm' },
    { type: 'text-start' },
    { type: 'text', text: 'a' },
    { type: 'text-start' },
    { type: 'text', text: 'b' },
  )
  expect(reply.message.parts).toEqual([{ type: 'reasoning', text: 'hm' }, text('a'), text('b')])
})

test('growth without a start begins its part itself', () => {
  const reply = opened()
  expect(take(reply, { type: 'text', text: 'a' }, { type: 'reasoning', text: 'hm' })).toEqual([part(0, text('a')), part(1, { type: 'reasoning', text: 'hm' })])
})

test('growth by nothing is nothing', () => {
  const reply = opened()
  expect(take(reply, { type: 'text', text: '' })).toEqual([])
  expect(reply.unsaved).toBe(false)
})

test('a tool appears once and then changes its state', () => {
  const reply = opened()
  expect(take(reply, { type: 'text', text: 'a' }, { type: 'tool', part: called }, { type: 'tool', part: answered }).slice(1)).toEqual([
    part(1, called),
    part(1, answered),
  ])
  expect(reply.message.parts).toEqual([text('a'), answered])
})

test('[R9] a continued reply goes on in the text that it broke off in', () => {
  const reply = opened([text('Hel')])
  expect(take(reply, { type: 'text-start' }, { type: 'text', text: 'lo' }, { type: 'text-start' }, { type: 'text', text: '!' })).toEqual([
    delta(0, 3, 'lo'),
    part(1, text('!')),
  ])
})

test('[R9] a reply continued with something else leaves the broken text alone', () => {
  const reply = opened([text('Hel')])
  take(reply, { type: 'reasoning-start' }, { type: 'reasoning', text: 'hm' }, { type: 'text-start' }, { type: 'text', text: 'new' })
  expect(reply.message.parts).toEqual([text('Hel'), { type: 'reasoning', text: 'hm' }, text('new')])
})

test('an ending says nothing; whether there is something to save is known', () => {
  const reply = opened()
  expect(take(reply, { type: 'done' }, { type: 'aborted' }, { type: 'failed', failure: { code: 'silent', text: 'no' } })).toEqual([])
  expect(reply.unsaved).toBe(false)
  take(reply, { type: 'text', text: 'a' })
  expect(reply.unsaved).toBe(true)
})

const kept = (reply: OpenReply) => new TextEncoder().encode(JSON.stringify(reply.message.parts)).length

test.each([
  ['letters', 'a'],
  ['Chinese', '字'],
  ['pictures, which are two units each', '👩'],
  ['what is escaped', '\u0001'],
  ['quotes', '"\\'],
  ['halves of pairs', '\ud800'],
])('[R42] a reply ends before 1 MB as it is kept, between characters: %s', (_name, character) => {
  for (const piece of [character.repeat(997), character.repeat(2_000_000)]) {
    const reply = opened()
    while (!reply.isFull) take(reply, { type: 'text', text: piece })
    expect(reply.isFull).toBe(true)
    expect(kept(reply)).toBeLessThanOrEqual(LONGEST_REPLY)
    expect(kept(reply)).toBeGreaterThan(LONGEST_REPLY - 200)
    const [part] = reply.message.parts
    if (part?.type !== 'text') throw new Error('it said something')
    expect(part.text.length % character.length).toBe(0)
  }
})

test('[R42] reasoning, tools and many small parts count too, and what a reply held before', () => {
  const reply = opened([text('a'.repeat(400_000))])
  take(reply, { type: 'reasoning-start' }, { type: 'reasoning', text: 'b'.repeat(300_000) })
  take(reply, { type: 'tool', part: { ...answered, output: 'c'.repeat(200_000) } })
  expect(reply.isFull).toBe(false)
  // Its new state replaces the one before.
  take(reply, { type: 'tool', part: { ...answered, output: 'd'.repeat(250_000) } })
  expect(reply.isFull).toBe(false)
  expect(take(reply, { type: 'tool', part: { ...answered, toolCallId: 'other', output: 'e'.repeat(100_000) } })).toEqual([])
  expect(reply.isFull).toBe(true)
  expect(reply.message.parts).toHaveLength(3)

  const scattered = opened()
  while (!scattered.isFull) take(scattered, { type: 'text-start' }, { type: 'text', text: 'x' })
  expect(scattered.message.parts).toHaveLength(MOST_PARTS)
  expect(sizeOf(text('x'))).toBeGreaterThanOrEqual(JSON.stringify(text('x')).length)
})
