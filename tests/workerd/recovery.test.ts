// What a crash in the middle of a reply leaves behind, and how the room picks it up.
import { expect, test } from 'vitest'
import type { Voice } from './stage'
import { ann, bo, House } from './house'

/** Says something that is old enough to be saved, and waits until it is. */
async function sayAndSave(house: House, voice: Voice, text: string, whole = text): Promise<void> {
  house.stage.now += 1_000
  await voice.say(text)
  await house.saved(whole)
}

test('[R9] a reply that a crash broke off goes on from what was saved', async () => {
  const house = await House.open()
  const first = await house.prompt()
  await sayAndSave(house, first, 'Hello')
  await house.crash()
  const watcher = await house.connect(bo)
  const second = await house.stage.nextVoice()
  expect(second.reply.id).toBe(first.reply.id)
  expect(second.partial).toBe('Hello')
  await second.give({ type: 'text-start' }, { type: 'text', text: ', Ann' }, { type: 'done' })
  await watcher.shows('complete')
  expect(watcher.texts()).toEqual(['a question', 'Hello, Ann'])
  expect(watcher.newest()?.parts).toHaveLength(1)
  expect(watcher.gaps).toBe(0)
})

test('[R9] the room wakes by itself, with nobody there', async () => {
  const house = await House.open()
  const first = await house.prompt()
  await sayAndSave(house, first, 'Hello')
  await house.crash()
  expect(await house.heartbeat()).toBe(true)
  const second = await house.stage.nextVoice()
  expect(second.partial).toBe('Hello')
  await second.done()
  await house.connect(ann)
  expect((await house.messages()).at(-1)?.metadata.status).toBe('complete')
})

test('a room where nobody speaks has no heartbeat', async () => {
  const house = await House.open()
  const voice = await house.prompt()
  await house.ended(voice, 'Hello')
  await house.idle()
  expect(await house.heartbeat()).toBe(false)
})

test('[L6] [R9] who comes back after the crash sees what the room has, not what they had', async () => {
  const house = await House.open()
  const watcher = await house.connect(bo)
  const first = await house.prompt()
  await sayAndSave(house, first, 'Hello')
  await first.say(', unsaved')
  await watcher.sees('Hello, unsaved')
  await house.crash()
  await watcher.until('the loss', () => watcher.closed !== null)
  const back = await house.connect(bo, { from: watcher.timeline })
  expect(back.texts()).toEqual(['a question', 'Hello'])
  const second = await house.stage.nextVoice()
  await second.say(', Ann')
  await second.done()
  await back.shows('complete')
  expect(back.texts()).toEqual(['a question', 'Hello, Ann'])
  expect(back.gaps).toBe(0)
})

test('[R9] three times a reply is continued; then it is interrupted, and may be asked for again', async () => {
  const house = await House.open()
  let voice = await house.prompt()
  await sayAndSave(house, voice, 'Hello')
  for (const tries of [1, 2, 3]) {
    await house.crash()
    await house.messages()
    voice = await house.stage.nextVoice()
    expect(voice.partial).toBe('Hello')
    expect(await house.rows('SELECT tries, status FROM message WHERE seq = 2')).toEqual([{ tries, status: 'streaming' }])
  }
  await house.crash()
  const watcher = await house.connect(bo)
  await watcher.shows('interrupted')
  expect(watcher.texts().at(-1)).toBe('Hello')
  expect(house.stage.turns).toBe(4)
  expect(await house.ask(bo, { type: 'retry', id: voice.reply.id })).toMatchObject({ ok: true })
  voice = await house.stage.nextVoice()
  expect(voice.partial).toBe('')
  expect(await house.rows('SELECT tries FROM message WHERE seq = 2')).toEqual([{ tries: 0 }])
  await voice.say('Hello again')
  await voice.done()
  await watcher.shows('complete')
  expect(watcher.gaps).toBe(0)
})

test('[R9] a tool that had not answered is not called again: it failed', async () => {
  const house = await House.open()
  const first = await house.prompt()
  const called = { type: 'dynamic-tool', toolName: 'pay', toolCallId: 'call-2', state: 'input-available', input: { sum: 9 } } as const
  const answered = { ...called, toolCallId: 'call-1', state: 'output-available', output: 'paid' } as const
  await first.give({ type: 'tool', part: answered }, { type: 'tool', part: called })
  await sayAndSave(house, first, 'Paying')
  await house.crash()
  await house.connect(ann)
  const second = await house.stage.nextVoice()
  expect(second.reply.parts).toEqual([
    answered,
    { type: 'dynamic-tool', toolName: 'pay', toolCallId: 'call-2', input: { sum: 9 }, state: 'output-error', errorText: expect.stringContaining('restarted') },
    { type: 'text', text: 'Paying' },
  ])
  expect((await house.messages()).at(-1)?.parts).toEqual(second.reply.parts)
})

test('[R9] a reply that had not begun begins', async () => {
  const house = await House.open()
  await house.post(ann, 'a question')
  await house.stage.nextVoice()
  await house.crash()
  await house.connect(ann)
  const voice = await house.stage.nextVoice()
  await house.ended(voice, 'Hello')
  expect(await house.texts()).toEqual(['a question', 'Hello'])
})

test('[R9] what had ended stays ended', async () => {
  const house = await House.open()
  const [stopped, whole] = [await house.prompt(), await house.prompt()]
  await house.ask(ann, { type: 'stop', id: stopped.reply.id })
  await house.ended(whole, 'Hello')
  const before = await house.messages()
  await house.crash()
  expect(await house.messages()).toEqual(before)
  expect(house.stage.turns).toBe(2)
})

test('[R10] a cleared reply is nobody’s orphan', async () => {
  const house = await House.open()
  await house.prompt()
  await house.ask(ann, { type: 'clear' })
  await house.crash()
  expect(await house.messages()).toEqual([])
  expect(house.stage.turns).toBe(1)
})
