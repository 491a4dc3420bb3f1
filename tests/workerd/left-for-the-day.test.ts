// What a room knows of what its people may still do today: it asks the ledger, and goes on when that has no answer.
import { expect, test } from 'vitest'
import type { Command } from '../../src/conversation/command'
import { newMessageId, type MemberId, type MessageId } from '../../src/conversation/ids'
import { recordsOf } from '../../src/conversation/record'
import type { LedgerSurface } from '../../src/limits/ledger-surface'
import { waitFor } from '../support/wait-for'
import { ann, aside, bo, House, partsOf } from './house'
import { ledgerNamed } from './scripted-ledger'
import { stageOf } from './stage'

/** A guest's calls of a day (wrangler.jsonc). */
const CALLS = 5

/** A room whose ledger says that Bo has had all answers of today; one that he asked for before has failed. */
async function spentRoom(name: string): Promise<{ readonly house: House; readonly failed: MessageId }> {
  const house = await House.open()
  stageOf(name).now = house.stage.now
  house.stage.ledger = () => ledgerNamed(name)
  await house.post(bo, 'a question')
  const voice = await house.stage.nextVoice()
  await voice.fail({ code: 'provider', text: 'No.' })
  await waitFor('the reply to have failed', async () => (await house.messages()).at(-1)?.metadata.status === 'failed')
  const ledger = ledgerNamed(name)
  for (let n = 0; n < CALLS; n++) await ledger.reserve({ person: bo.id, room: house.id, address: null }, 1)
  return { house, failed: voice.reply.id }
}

const asks = (failed: MessageId): readonly Command[] => [
  { type: 'post', id: newMessageId(), text: 'one more question' },
  { type: 'retry', id: failed },
]

test('[R62] a room that slept knows whose budget is spent: their post over an open socket is refused, and no answer fails for it', async () => {
  const { house } = await spentRoom('spent while asleep')
  const watcher = await house.connect(bo)
  await house.evict()
  watcher.send({ type: 'post', id: newMessageId(), text: 'one more question' })
  await watcher.until('the refusal', () => JSON.stringify(watcher.frames).includes('"budget_spent"'))
  // What nobody is asked to answer costs nothing.
  await house.post(bo, aside('I am still here'))
  expect((await house.texts()).at(-1)).toBe(aside('I am still here'))
  expect(await house.messages()).toHaveLength(3)
})

test.each(['post', 'retry'])('[R62] after a restart a %s by RPC, before any socket is back, is refused when its budget is spent', async (type) => {
  const { house, failed } = await spentRoom(`spent before a restart, ${type}`)
  await house.crash()
  const command = asks(failed).find((one) => one.type === type)
  if (!command) throw new Error('one of the two')
  expect(await house.ask(bo, command)).toMatchObject({ refusal: { code: 'budget_spent', message: expect.stringContaining('00:00 UTC') } })
  expect(await house.messages()).toHaveLength(2)
})

test('[R62] the guide answers whoever has spent a model’s budget, by post, Retry and Ask, and takes none of it', async () => {
  const { house, failed } = await spentRoom('spent, but not for the guide')
  await house.connect(bo)
  const onModels = (models: Readonly<Record<string, string>>) =>
    house.inside((room) => {
      const { changes, records } = partsOf(room)
      for (const { id, value } of recordsOf(records.of('agent'), 'agent')) changes.set('agent', id, { ...value, model: models[id] ?? 'default' })
    })
  const codes = async (...commands: readonly Command[]) => {
    const answers = []
    for (const command of commands) answers.push(await house.ask(bo, command))
    return answers.map((answer) => (answer.ok ? 'taken' : answer.refusal.code))
  }
  const said = (text: string): Command => ({ type: 'post', id: newMessageId(), text })
  const aloud = said(aside('to nobody'))
  if (aloud.type !== 'post') throw new Error('a post')
  await onModels({ parley: 'guide' })
  expect(await codes(said('to the guide'), { type: 'retry', id: failed }, aloud, { type: 'ask', id: aloud.id, agent: 'parley' as MemberId })).toEqual(
    Array.from({ length: 4 }, () => 'taken'),
  )
  // Another agent of the same room that has a model is refused as ever, also beside the guide.
  expect(await codes(said('@Sage and you?'), said('@Parley @Sage you both?'), { type: 'ask', id: aloud.id, agent: 'sage' as MemberId })).toEqual(
    Array.from({ length: 3 }, () => 'budget_spent'),
  )
  await onModels({ sage: 'guide' })
  expect(await codes(said('@Sage and you?'), said('to the model'))).toEqual(['taken', 'budget_spent'])
})

test('[R62] what the guide answered is not counted where it is remembered what is left', async () => {
  const house = await House.open()
  stageOf('not for the guide').now = house.stage.now
  house.stage.ledger = () => ledgerNamed('not for the guide')
  const modelOfParley = (model: string) =>
    house.inside((room) => {
      const { changes, records } = partsOf(room)
      const parley = recordsOf(records.of('agent'), 'agent').find(({ id }) => id === 'parley')
      if (parley) changes.set('agent', parley.id, { ...parley.value, model })
    })
  await modelOfParley('guide')
  await house.connect(bo)
  for (let n = 0; n < 2 * CALLS; n++) await house.post(bo, `question ${n}`)
  await modelOfParley('default')
  for (let n = 0; n < CALLS; n++) await house.post(bo, `a question to a model ${n}`)
  expect(await house.ask(bo, { type: 'post', id: newMessageId(), text: 'one more' })).toMatchObject({ refusal: { code: 'budget_spent' } })
})

test('[R37] a room wakes without its ledger, and opens sockets and takes posts, when that never answers', async () => {
  const house = await House.open()
  const watcher = await house.connect(bo)
  const asked: string[] = []
  await house.evict()
  house.stage.ledger = () => neverAnswering(asked)
  watcher.send({ type: 'post', id: newMessageId(), text: aside('is anybody awake?') })
  await watcher.sees(aside('is anybody awake?'))
  const other = await house.connect(ann)
  await other.sees(aside('is anybody awake?'))
  expect(await house.ask(ann, { type: 'post', id: newMessageId(), text: aside('all of us') })).toMatchObject({ ok: true })
  expect(asked).toEqual(expect.arrayContaining(['present', 'openSocket', 'left']))
})

test('[R37] [R62] what a ledger says late, when the room is long awake, is known from then on', async () => {
  const { house } = await spentRoom('a late ledger')
  const watcher = await house.connect(bo)
  let answer: (() => void) | null = null
  const present: LedgerSurface['present'] = async (room, sockets) => {
    await new Promise<void>((resolve) => (answer = resolve))
    return ledgerNamed('a late ledger').present(room, sockets)
  }
  await house.evict()
  house.stage.ledger = () => neverAnswering([], { present })
  watcher.send({ type: 'post', id: newMessageId(), text: aside('awake') })
  await watcher.sees(aside('awake'))
  house.stage.ledger = () => ledgerNamed('a late ledger')
  await house.inside(() => answer?.())
  await waitFor('what is left to be known', () => house.inside((room) => partsOf(room).account.budget.refuse(bo.id, ['parley' as MemberId]) !== null))
  watcher.send({ type: 'post', id: newMessageId(), text: 'one more question' })
  await watcher.until('the refusal', () => watcher.direct('refused').length > 0)
  expect(await house.messages()).toHaveLength(3)
})

/** Takes note of what it is asked; answers nothing else than `but`. */
function neverAnswering(asked: string[], but: Partial<LedgerSurface> = {}): LedgerSurface {
  const ask = (name: string) => () => {
    asked.push(name)
    return new Promise(() => {})
  }
  return new Proxy({} as LedgerSurface, { get: (_, name) => Reflect.get(but, name) ?? ask(String(name)) })
}
