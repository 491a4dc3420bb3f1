import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { shownHeldOf } from '../../conversation/engaged'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Message, MessageMetadata, Part } from '../../conversation/message'
import { type RoomActions, RoomActionsContext } from '../frame/room-actions'
import { HeldLine } from './Held'
import { MessageItem } from './MessageItem'
import { queueOrders } from './queue-orders'
import { PendingItem } from './PendingItem'

const ana = { id: 'ana' as MemberId, name: 'Ana', kind: 'person' } as const
const guide = { id: 'guide' as MemberId, name: 'Guide', kind: 'agent' } as const
const id = 'message-0007' as MessageId

function message(parts: readonly Part[], metadata: Partial<MessageMetadata> = {}): Message {
  return { id, role: 'assistant', parts, metadata: { seq: 7, version: 9, author: guide, status: 'complete', createdAt: 0, ...metadata } }
}
const html = (shown: Message) => renderToStaticMarkup(<MessageItem message={shown} />)

const amended = (values: Readonly<Record<string, unknown>>) => ({ amended: { version: 0, values } })
const why = (rule: string) => ({ why: { rule, by: 'ana', name: 'Ana' } })
/** The words of a markup, without its tags. */
const wordsOf = (markup: string) => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

describe('[R120] [R124] what the rules and the queue say of a message', () => {
  test.each([
    ['mention', 'asked by Ana · mentioned'],
    ['reply-to', 'asked by Ana · replied to'],
    ['follow-up', 'asked by Ana · follow-up'],
    ['alone', 'alone with Ana'],
    ['every', 'asked by Ana · every message'],
    ['asked', 'asked by Ana'],
    ['agent-mention', 'mentioned by Ana'],
  ])('a reply says why it is there: %s', (rule, words) => {
    const markup = html(message([{ type: 'text', text: 'Hello' }], amended(why(rule))))
    expect(markup).toContain(`data-why="${rule}" data-asked-by="ana"`)
    expect(wordsOf(markup)).toContain(words)
  })

  test.each([
    ['complete', false],
    ['stopped', false],
    ['streaming', true],
    ['waiting', true],
    ['asking', true],
  ] as const)('[R281] what another agent asked for is %s: open %s', (status, isOpen) => {
    const markup = html(message([{ type: 'text', text: 'At pier 4.' }], { ...amended({ why: { rule: 'agent-asked', by: 'ana', name: 'Ana' } }), status }))
    expect(/<details data-part="asked"( open="")?/.exec(markup)?.[1] !== undefined).toBe(isOpen)
    // Folded or not, its words are in the page.
    expect(markup).toMatch(/<details data-part="asked".*Answer for <bdi>Ana<\/bdi>.*<div data-part="text">.*At pier 4\..*<\/details>/)
  })

  test.each([
    ['nothing', {}],
    ['a rule that nobody knows', { why: { rule: 'because', by: 'ana', name: 'Ana' } }],
    ['no object', { why: 'mention', held: 'parley', place: 'first' }],
    ['half of it', { why: { rule: 'mention' }, held: [{ agent: 'parley' }, null] }],
  ])('what a newer release may have written is left out: %s', (_what, values) => {
    const markup = html(message([{ type: 'text', text: 'Hello' }], { ...amended(values), status: 'waiting' }))
    expect(markup).not.toMatch(/data-why|data-queue-place|data-held/)
  })

  test('a reply that waits has its place, and orders for whoever may give them', () => {
    const shown = message([], { status: 'waiting', ...amended({ ...why('mention'), place: 2 }) })
    const markup = renderToStaticMarkup(
      <RoomActionsContext value={{ viewer: 'ana', mayOrder: true } as unknown as RoomActions}>
        <MessageItem message={shown} />
      </RoomActionsContext>,
    )
    expect(markup).toContain('data-status="waiting" data-why="mention" data-asked-by="ana" data-queue-place="2"')
    // Whose they are depends on who looks, so what is rendered for everybody has none.
    expect(markup).not.toContain('<button')
    const seenBy = (viewer: string, mayOrder: boolean, isMergeable = false) =>
      queueOrders({ asker: 'ana' as MemberId, isNext: false, isMergeable }, viewer as MemberId, mayOrder)
    expect([seenBy('bo', false), seenBy('ana', false), seenBy('ana', false, true), seenBy('olga', true)]).toEqual([
      [],
      ['cancel', 'now'],
      ['cancel', 'now', 'merge'],
      ['cancel', 'move-up', 'now'],
    ])
  })

  test('a message says who was held back from it and by what, and who may be asked', () => {
    const held = [
      { agent: 'parley', name: 'Parley', hold: 'not-addressed' },
      { agent: 'scout', name: 'Scout', hold: 'off' },
      { agent: 'critic', name: 'Critic', hold: 'not-addressed' },
    ]
    const shown = message([{ type: 'text', text: 'Hello' }], { author: ana, ...amended({ held }) })
    const words = wordsOf(renderToStaticMarkup(<HeldLine id={id} held={shownHeldOf(shown.metadata)} />))
      .replaceAll(/ (?=[,:])/g, '')
      .trim()
    expect(words).toContain('Parley, Critic: not addressed Ask Parley Ask Critic')
    expect(words).toContain('Scout: never speaks by itself Ask Scout')
    // A page's HTML says only that there is such a line.
    expect(html(shown)).toMatch(/^<article [^>]* data-held=""/)
    expect(html(shown)).not.toContain('Scout')
  })

  test.each<[string, { readonly failure?: string; readonly end?: object; readonly why?: null }, string, boolean]>([
    ['nobody', {}, 'asked by Ana · mentioned', true],
    ['a failure', { failure: 'Too long.' }, 'asked by Ana · mentioned', false],
    ['whoever cancelled it', { end: { how: 'cancelled', name: 'Bo' } }, 'asked by Ana · mentioned · cancelled by Bo', false],
    ['whoever steered', { end: { how: 'steered', name: 'Bo' } }, 'asked by Ana · mentioned · steered by Bo', false],
    ['its being merged', { end: { how: 'merged', name: null } }, 'asked by Ana · mentioned · answered together with another question', false],
    ['something that a newer release wrote', { end: { how: 'paused', name: 'Bo' } }, 'asked by Ana · mentioned', true],
    ['whoever cancelled it, of a reply without a reason', { end: { how: 'cancelled', name: 'Bo' }, why: null }, '', true],
  ])('[R179] how a stopped reply ended is said once; told of: %s', (_what, { failure, ...values }, line, isNoted) => {
    const shown = message([], {
      status: 'stopped',
      ...(failure === undefined ? {} : { failure: { code: 'limit', text: failure } }),
      ...amended({ ...why('mention'), ...values }),
    })
    const words = wordsOf(html(shown))
    expect(words).toContain(line)
    expect([words.includes('This reply was stopped.'), words.includes('Too long.'), words.includes('Retry')]).toEqual([isNoted, failure !== undefined, true])
  })

  test('[R171] a person’s message tells which message it replies to; an agent’s says who asked', () => {
    const replyTo = 'message-0003' as MessageId
    expect(html(message([{ type: 'text', text: 'Yes' }], { author: ana, replyTo }))).toContain('data-reply-to="message-0003"')
    expect(html(message([{ type: 'text', text: 'Yes' }], { replyTo }))).not.toContain('data-reply-to')
    const post = { id, text: 'Yes', createdAt: 0, replyTo }
    expect(renderToStaticMarkup(<PendingItem post={post} author={ana} />)).toContain('data-reply-to="message-0003"')
  })

  test.each([
    [1, 'Continue releases one more answer, and what they call for, on the budget of whoever presses it.'],
    [12, 'Continue releases 12 more answers, and what they call for, on the budget of whoever presses it.'],
  ])('[R122] where agents were held back a note says so, with Continue, what it releases (%i) and who pays', (guarded, words) => {
    const markup = html(
      message([{ type: 'text', text: 'Thanks' }], amended({ ...why('agent-mention'), guarded, held: [{ agent: 'scout', name: 'Scout', hold: 'guarded' }] })),
    )
    expect(markup).toContain('<div role="note" data-part="guard">')
    expect(wordsOf(markup)).toContain(words)
    expect(wordsOf(markup)).toMatch(/Continue\s*$/)
    expect(markup).not.toContain('data-held')
  })
})

describe('a message', () => {
  test('is an article that programs can find', () => {
    const markup = html(message([{ type: 'text', text: 'Hello' }]))
    expect(markup).toMatch(
      /^<article data-message-id="message-0007" data-seq="7" data-author="guide" data-author-kind="agent" data-status="complete" aria-label="Guide, AI"/,
    )
  })

  test('[R185] has each of its texts in an element of its own, and its reasoning and tools where they were', () => {
    const markup = html(
      message([
        { type: 'reasoning', text: 'hmm' },
        { type: 'text', text: 'Hello' },
        { type: 'dynamic-tool', toolName: 'search', toolCallId: '1', state: 'output-available', input: { query: 'x' }, output: 'found' },
        { type: 'text', text: '```ts\nlet a\n```' },
      ]),
    )
    expect(markup.match(/data-part="(?:text|reasoning|tool)"/g)).toEqual(['reasoning', 'text', 'tool', 'text'].map((kind) => `data-part="${kind}"`))
    const texts = markup.split('data-part="text"').slice(1)
    const words = (from = '') => (/^>(.*?)<\/div>(?:<details|<div)/.exec(from)?.[1] ?? '').replace(/<[^>]*>/g, '')
    expect(texts.map(words)).toEqual(['Hello', expect.stringMatching(/let a/)])
    expect(markup).toContain('<details data-part="tool" data-tool="search" data-tool-state="output-available"')
  })

  test('[R71] shows the number of a double beside its name, where it is never cut off', () => {
    expect(html(message([], { author: { ...ana, name: 'Ana\u00a0#2' } }))).toMatch(/<b>Ana<\/b><small class="double" data-double="#2"[^>]*>#2</)
    expect(html(message([], { author: ana }))).not.toContain('data-double')
  })

  test.each(['', ' ', '\n\n\t', '\u200b'])('of blanks only (%j) has no box for words', (text) => {
    expect(html(message([{ type: 'text', text }]))).toContain('<div data-part="text"></div>')
  })

  test('is marked as an agent’s or not', () => {
    expect(html(message([]))).toContain('>AI</span>')
    expect(html(message([], { author: ana }))).not.toContain('>AI</span>')
  })

  test.each([
    ['nothing', []],
    ['blanks', [{ type: 'text', text: ' \n\u200b' }]],
    ['reasoning', [{ type: 'reasoning', text: 'hmm' }]],
  ] as const)('that failed after %s keeps no place for buttons that will never come', (_what, parts) => {
    expect(html(message(parts, { status: 'failed' }))).not.toContain('data-part="copy"')
    expect(html(message(parts, { status: 'streaming' }))).toContain('data-part="copy"')
  })

  test('is busy while it is written, and thinks before its first word', () => {
    const markup = html(message([], { status: 'streaming' }))
    expect(markup).toContain('aria-busy="true"')
    expect(markup).toContain('aria-label="Thinking"')
  })

  test('says in words why it failed, how long to wait, and can be asked for again', () => {
    const failure = { code: 'rate_limited', text: 'Too many requests.', retryAt: 20_000 } as const
    const markup = html(message([], { status: 'failed', failure }))
    // How long still is for the browser to say, by the server's clock: this page is for everybody, whenever they read it.
    expect(markup).toContain('>Too many requests.</p>')
    expect(markup).toContain('Retry</button>')
  })

  test.each(['stopped', 'interrupted'] as const)('offers Retry when %s', (status) => {
    expect(html(message([], { status }))).toContain('Retry</button>')
  })

  test('offers no Retry when complete, nor for what people said', () => {
    expect(html(message([]))).not.toContain('<button')
    expect(html(message([], { author: ana, status: 'failed' }))).not.toContain('<button')
  })
})

describe('a pending post', () => {
  const post = { id, text: 'Hi', createdAt: 0 }

  test('is an article without a place', () => {
    const markup = renderToStaticMarkup(<PendingItem post={post} author={ana} />)
    expect(markup).toContain('data-seq="" data-author="ana" data-author-kind="person" data-status="pending"')
  })

  test('when refused says why and offers Retry and Edit', () => {
    const refusal = { code: 'too_fast', message: 'Slow down.', retryAfterMs: 2_000 } as const
    const markup = renderToStaticMarkup(<PendingItem post={{ ...post, refusal }} author={ana} />)
    expect(markup).toContain('data-status="failed"')
    expect(markup).toContain('Slow down.')
    expect(markup).toContain('Retry</button>')
    expect(markup).toContain('Edit</button>')
  })

  test.each([
    ['a moment ago', Date.now(), true],
    ['a minute ago', Date.now() - 60_000, false],
  ])('[R94] says how long to wait only while there is something to wait for: refused %s', (_when, refusedAt, waits) => {
    const refusal = { code: 'too_fast', message: 'Slow down.', retryAfterMs: 30_000 } as const
    const markup = renderToStaticMarkup(
      <RoomActionsContext value={{} as RoomActions}>
        <PendingItem post={{ ...post, refusal, refusedAt }} author={ana} />
      </RoomActionsContext>,
    )
    expect(markup.includes('You can send it again in')).toBe(waits)
    const [retry = '', edit = ''] = markup.match(/<button[^>]*>/g) ?? []
    expect([retry.includes('disabled=""'), edit.includes('disabled=""')]).toEqual([waits, false])
  })

  test.each([
    ['kept', true, false, false],
    ['not kept, with a connection', false, true, false],
    ['not kept, without one', false, false, true],
  ])('[R117] says that a reload would lose it where it would: %s', (_how, isKept, connected, said) => {
    const markup = renderToStaticMarkup(<PendingItem post={{ ...post, isKept }} author={ana} connected={connected} />)
    expect(markup.includes('leave this page open until it is sent')).toBe(said)
  })
})
