// What a room keeps is bounded: by the day, for whoever posts, and by the room.
import { expect, test } from 'vitest'
import { newMessageId } from '../../src/conversation/ids'
import { MAX_MESSAGE_LENGTH } from '../../src/conversation/message'
import { MAX_ROOM_BYTES, PER_DAY } from '../../src/limits/limits'
import { waitFor } from '../support/wait-for'
import { ann, aside, bo, House } from './house'
import { ledgerNamed } from './scripted-ledger'
import { stageOf } from './stage'

const DAY_MS = 86_400_000

/** A room with a ledger of its own, whose clock is the room's. */
async function counted(name: string) {
  const house = await House.open()
  house.stage.ledger = () => ledgerNamed(name)
  stageOf(name).now = house.stage.now
  return { house, ledger: () => ledgerNamed(name) }
}

const post = (house: House, who: typeof ann, text = aside('more')) => house.ask(who, { type: 'post', id: newMessageId(), text })

test('[R64] who posted as much as one may in a day is told so and when that ends; others go on, and so do they the next day', async () => {
  const { house, ledger } = await counted('posted by one')
  await ledger().posted([{ person: bo.id, address: null, bytes: PER_DAY.posted.person - 10_000 }])
  expect(await post(house, bo, aside('x'.repeat(8_000)))).toMatchObject({ ok: true })
  const untilMidnight = DAY_MS - (house.stage.now % DAY_MS)
  expect(await post(house, bo, aside('x'.repeat(8_000)))).toMatchObject({
    refusal: { code: 'too_fast', retryAfterMs: untilMidnight, message: expect.stringContaining('00:00 UTC') },
  })
  expect(await post(house, ann)).toMatchObject({ ok: true })
  house.stage.now += untilMidnight
  expect(await post(house, bo)).toMatchObject({ ok: true })
  expect(await house.messages()).toHaveLength(3)
})

test('[R64] what is posted is counted as the bytes that it takes, in few reports, and a sleep forgets none of it', async () => {
  const { house, ledger } = await counted('posted and counted')
  const used = async () => PER_DAY.posted.person - (await ledger().left({ room: house.id, person: bo.id, address: null })).posts.bytes
  const wide = aside('語'.repeat(MAX_MESSAGE_LENGTH - 10))
  for (let n = 0; n < 3; n++) expect(await post(house, bo, wide)).toMatchObject({ ok: true })
  await waitFor('all of it to be counted', async () => (await used()) >= 3 * (MAX_MESSAGE_LENGTH - 10) * 3)
  for (let n = 0; n < 20; n++) await post(house, bo, aside('short'))
  const before = await used()
  await waitFor('the short ones to be counted, too', async () => (await used()) >= before + 20 * 500)
  await ledger().posted([{ person: bo.id, address: null, bytes: PER_DAY.posted.person }])
  await house.connect(bo)
  await house.evict()
  expect(await post(house, bo)).toMatchObject({ refusal: { code: 'too_fast' } })
  await house.leaveAll()
  await house.evict()
  expect(await post(house, bo)).toMatchObject({ refusal: { code: 'too_fast' } })
})

test('[R64] a full room takes no post and reopens no answer; it is read as before', async () => {
  const house = await House.open()
  await house.post(ann, aside('the last'))
  await house.inside((_, { storage }) => void Object.defineProperty(storage.sql, 'databaseSize', { value: MAX_ROOM_BYTES, configurable: true }))
  expect(await post(house, ann)).toMatchObject({ refusal: { code: 'room_full', message: expect.stringContaining('clear') } })
  expect(await house.texts()).toEqual([aside('the last')])
  expect(await house.ask(ann, { type: 'clear' })).toMatchObject({ ok: true })
})
