// What the room answers when it is read: pages, and what brings a client up to now.
import { describe, expect, test } from 'vitest'
import type { CatchUp, Page } from '../../src/conversation/page'
import { PAGE_SIZE } from '../../src/conversation/page'
import { prepend } from '../../src/conversation/timeline'
import { ann, aside, bo, House } from './house'

const seqs = ({ messages }: Pick<Page, 'messages'>) => messages.map(({ metadata }) => metadata.seq)
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

async function catchUp(house: House, since: number | null): Promise<CatchUp> {
  const reader = await house.connect(bo, since === null ? {} : { since })
  const [frame] = reader.direct('catch-up')
  if (!frame) throw new Error('nobody was caught up with')
  reader.close()
  return frame.catchUp
}

test('[R50] a page that has this edition of the room is told who is here, and of the messages nothing', async () => {
  const house = await House.open()
  await house.fill(3)
  const open = async (known: string | null) => {
    const opened = await (await house.room()).open(ann, null, known)
    if (!opened.ok) throw new Error(opened.refusal.message)
    return opened.value
  }
  const first = await open(null)
  expect(first.snapshot?.messages).toHaveLength(3)
  expect(await open(first.edition)).toMatchObject({ edition: first.edition, snapshot: null, presence: { hereCount: first.presence.hereCount } })
  expect((await open('another')).snapshot?.messages).toHaveLength(3)
  await house.fill(1)
  const second = await open(first.edition)
  expect(second.edition).not.toBe(first.edition)
  expect(second.snapshot?.messages).toHaveLength(4)
})

describe('[L7] an older page', () => {
  test('meets the one after it, without hole or overlap, to the beginning of the room', async () => {
    const house = await House.open()
    await house.fill(PAGE_SIZE * 2 + 7)
    const reader = await house.connect(bo)
    expect(seqs(reader.timeline)).toEqual(range(58, 107))
    for (const from of [8, 1]) {
      const asked = reader.direct('page').length
      reader.send({ type: 'before', seq: reader.timeline.messages[0]?.metadata.seq })
      await reader.until('the page', () => reader.direct('page').length > asked)
      const { page } = reader.direct('page').at(-1) ?? {}
      if (!page) throw new Error('a page came a moment ago')
      reader.timeline = prepend(reader.timeline, page)
      expect(seqs(reader.timeline)).toEqual(range(from, 107))
      expect(reader.timeline.hasEarlier).toBe(from > 1)
    }
  })

  test('costs nobody else a byte', async () => {
    const house = await House.open()
    await house.fill(PAGE_SIZE + 5)
    const others = [await house.connect(ann), await house.connect(ann, { lane: 'tinybase' })]
    const reader = await house.connect(bo)
    await house.post(ann, aside('a fence'))
    for (const other of others) await other.until('the fence', () => JSON.stringify(other.frames).includes(aside('a fence')))
    const before = others.map(({ frames }) => frames.length)
    reader.send({ type: 'before', seq: 6 })
    await reader.until('the page', () => reader.direct('page').length === 1)
    expect(seqs(reader.direct('page')[0]?.page ?? { messages: [] })).toEqual(range(1, 5))
    await house.post(ann, aside('after'))
    await reader.sees(aside('after'))
    for (const [at, other] of others.entries()) {
      await other.until('the post', () => other.frames.length > (before[at] ?? 0))
      expect(other.frames.slice(before[at]).map((frame) => JSON.stringify(frame))).toEqual([expect.stringContaining(aside('after'))])
    }
  })

  test('of a room that was cleared is empty', async () => {
    const house = await House.open()
    await house.fill(5)
    await house.ask(ann, { type: 'clear' })
    await house.fill(1)
    expect(await (await house.room()).page(ann.id, 6)).toEqual({ ok: true, value: { messages: [], hasEarlier: false } })
  })

  test('shows an open reply as it stands, not as it was saved', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    const voice = await house.prompt()
    await voice.say('unsaved')
    await watcher.sees('unsaved')
    const page = await (await house.room()).page(ann.id, 3)
    expect(page.ok && page.value.messages.at(-1)?.parts).toEqual([{ type: 'text', text: 'unsaved' }])
    expect(await house.rows('SELECT parts FROM message WHERE seq = 2')).toEqual([{ parts: '[]' }])
  })
})

describe('[L6] [R4] since a version', () => {
  test('come the rows that changed, and no others', async () => {
    const house = await House.open()
    await house.fill(5)
    const voice = await house.prompt()
    const { version } = await house.snapshot()
    await house.ended(voice, 'Hello')
    await house.post(ann, aside('new'))
    const answer = await catchUp(house, version)
    if (answer.kind !== 'rows') throw new Error('that was less than a page')
    expect(seqs(answer)).toEqual([7, 8])
    expect(answer.messages[0]).toMatchObject({ parts: [{ type: 'text', text: 'Hello' }], metadata: { status: 'complete' } })
    expect(await catchUp(house, answer.version)).toMatchObject({ kind: 'rows', messages: [] })
  })

  test('[L11] comes every open reply in full, though it takes no version', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    const voice = await house.prompt()
    const { version } = await house.snapshot()
    await voice.say('Hello')
    await watcher.sees('Hello')
    const answer = await catchUp(house, version)
    expect(answer).toMatchObject({ kind: 'rows', version, messages: [{ id: voice.reply.id, parts: [{ type: 'text', text: 'Hello' }] }] })
  })

  test.each([
    ['more than a page', PAGE_SIZE + 1, 'snapshot'],
    ['a page', PAGE_SIZE, 'rows'],
  ])('when %s changed, comes %i messages’ worth of %s', async (_, count, kind) => {
    const house = await House.open()
    const { version } = await house.snapshot()
    await house.fill(count)
    expect((await catchUp(house, version)).kind).toBe(kind)
  })

  test('comes a snapshot when the room was cleared meanwhile', async () => {
    const house = await House.open()
    await house.fill(3)
    const { version } = await house.snapshot()
    await house.ask(ann, { type: 'clear' })
    await house.fill(1)
    const answer = await catchUp(house, version)
    if (answer.kind !== 'snapshot') throw new Error('rows cannot take away')
    expect(seqs(answer.snapshot)).toEqual([4])
    expect(answer.snapshot.hasEarlier).toBe(false)
  })

  test('that the room has not reached, comes a snapshot: it may be another room’s', async () => {
    const house = await House.open()
    expect((await catchUp(house, 999)).kind).toBe('snapshot')
    expect((await catchUp(house, null)).kind).toBe('snapshot')
  })

  test('is the same after a restart', async () => {
    const house = await House.open()
    await house.fill(3)
    const { version } = await house.snapshot()
    await house.fill(2)
    const before = await catchUp(house, version)
    await house.evict()
    const nobody = { here: [], hereCount: 0, now: 0 }
    expect({ ...(await catchUp(house, version)), ...nobody }).toEqual({ ...before, ...nobody })
  })

  test('a socket is told what it missed before anything new', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    await house.fill(2)
    await watcher.sees(aside('number 2'))
    watcher.close()
    await house.fill(2)
    const back = await house.connect(bo, { from: watcher.timeline })
    const [first] = back.direct('catch-up')
    expect(back.frames[0]).toBe(first)
    expect(first?.catchUp.kind === 'rows' && seqs(first.catchUp)).toEqual([3, 4])
    expect(seqs(back.timeline)).toEqual([1, 2, 3, 4])
  })

  test.each(['nonsense', '-1', '1e9', ''])('a socket that says since=%j gets a snapshot', async (since) => {
    const house = await House.open()
    await house.fill(1)
    const watcher = await house.connect(bo, { since })
    expect(watcher.direct('catch-up')[0]?.catchUp.kind).toBe('snapshot')
  })
})
