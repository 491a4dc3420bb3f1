// The instance's ledger: what a day allows, that it is kept, and that it begins anew.
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { MemberId, RoomId } from '../../src/conversation/ids'
import type { Ledger } from '../../src/limits/Ledger'
import { Budgets } from '../../src/limits/budgets'
import { ledgerOf, type LedgerSurface, type Reservation, type SocketPlace } from '../../src/limits/ledger-surface'
import { OpenSockets } from '../../src/limits/open-sockets'
import { OVER_ALL_ROOMS, PER_DAY, RENAMES, ROOMS_PER_RENAME, SIGN_INS } from '../../src/limits/limits'
import { stageOf, type Stage } from './stage'

const DAY_MS = 86_400_000
const ann = 'ann' as MemberId
const bo = 'bo' as MemberId
const lobby = 'lobby' as RoomId
const home = '198.51.100.7'
const office = '203.0.113.7'

let ledgers = 0
let name: string
let stage: Stage
let ledger: LedgerSurface

beforeEach(() => {
  name = `ledger-${++ledgers}`
  stage = stageOf(name)
  ledger = ledgerOf(env, name)
})

function stub() {
  return env.LEDGER.get(env.LEDGER.idFromName(name))
}

function inside<R>(run: (ledger: Ledger, state: DurableObjectState) => R | Promise<R>): Promise<R> {
  return runInDurableObject(stub(), run)
}

async function reserve(person: MemberId, room: RoomId = lobby, tokens = 100, address: string | null = null): Promise<Reservation> {
  const granted = await ledger.reserve({ person, room, address }, tokens)
  if (!granted.ok) throw new Error(granted.refusal.message)
  return granted.value
}

function from(person: MemberId, room: RoomId = lobby, address: string | null = null): SocketPlace {
  return { person, room, address }
}

/** Asks until there is a no: how often there was a yes, and the no. */
async function exhaust(ask: (n: number) => Promise<{ readonly ok: boolean }>) {
  for (let n = 0; n < 10_000; n++) {
    const answer = await ask(n)
    if (!answer.ok) return { times: n, answer }
  }
  throw new Error('there is no limit')
}

describe('[R62] budgets', () => {
  test('a guest has so many calls a day; others go on; the next day begins anew at midnight UTC', async () => {
    const { times, answer } = await exhaust(() => ledger.reserve(from(ann, lobby), 1))
    expect(times).toBe(5)
    const untilMidnight = DAY_MS - (stage.now % DAY_MS)
    expect(answer).toMatchObject({ refusal: { code: 'budget_spent', retryAfterMs: untilMidnight, message: expect.stringContaining('00:00 UTC') } })
    expect(await ledger.reserve(from(bo, lobby), 1)).toMatchObject({ ok: true })
    stage.now += untilMidnight - 1
    expect(await ledger.reserve(from(ann, lobby), 1)).toMatchObject({ ok: false })
    stage.now += 1
    expect(await ledger.reserve(from(ann, lobby), 1)).toMatchObject({ ok: true, value: { left: { calls: 4 } } })
  })

  test('a room has its own, whoever asks; and so has the instance', async () => {
    const inRoom = await exhaust((n) => ledger.reserve(from(`guest-${n}` as MemberId, lobby), 1))
    expect(inRoom).toMatchObject({ times: 8, answer: { refusal: { message: expect.stringContaining('This room') } } })
    const everywhere = await exhaust((n) => ledger.reserve(from(`other-${n}` as MemberId, `room-${n}` as RoomId), 1))
    // Guests together have three quarters of twenty; the rest is for whoever is none, and then there is no more.
    expect(everywhere).toMatchObject({ times: 7, answer: { refusal: { code: 'budget_spent', message: expect.stringContaining('All guests together') } } })
    await ledger.setAccount(bo, true)
    const account = await exhaust((n) => ledger.reserve(from(bo, `room-of-bo-${n}` as RoomId, home), 1))
    expect(account).toMatchObject({ times: 5, answer: { refusal: { message: expect.stringContaining('Everybody') } } })
  })

  test('the guests of one network have their own together, however many they are; people elsewhere and accounts go on', async () => {
    await inside((_, { storage }) => {
      const none = { calls: null, tokens: null }
      const budgets = new Budgets(storage.sql, { guest: none, network: { calls: 6, tokens: 1_000 }, guests: none, account: none, room: none, instance: none })
      const ask = (n: number, address: string | null, tokens = 1) =>
        budgets.reserve(`guest-${n}` as MemberId, `room-${n}` as RoomId, address, tokens, stage.now)
      for (let n = 0; n < 6; n++) expect(ask(n, home)).toMatchObject({ ok: true, value: { left: { calls: 5 - n } } })
      expect(ask(6, home)).toMatchObject({ refusal: { code: 'budget_spent', message: expect.stringContaining('your network') } })
      for (let n = 0; n < 7; n++) expect(ask(n, null)).toMatchObject({ ok: true })
      budgets.setAccount('guest-9' as MemberId, true)
      for (let n = 0; n < 7; n++) expect(ask(9, home)).toMatchObject({ ok: true })
      // Tokens as well, and what was not taken is given back.
      const much = ask(0, office, 1_000)
      expect(ask(1, office)).toMatchObject({ ok: false })
      if (much.ok) budgets.settle(much.value, 10)
      expect(ask(1, office)).toMatchObject({ ok: true })
      stage.now += DAY_MS
      expect(ask(6, home)).toMatchObject({ ok: true })
      expect(storage.sql.exec(`SELECT DISTINCT id FROM spent WHERE scope = 'network'`).toArray()).toEqual([{ id: home }])
    })
  })

  test('[R74] the owner of the instance has an account, and whoever owned it before is a guest again', async () => {
    await ledger.setOwner(ann)
    expect((await exhaust((n) => ledger.reserve(from(ann, `room-${n}` as RoomId), 1))).times).toBe(7)
    await ledger.setOwner(bo)
    expect(await ledger.reserve(from(ann, 'elsewhere' as RoomId), 1)).toMatchObject({ refusal: { message: expect.stringContaining('guest') } })
    expect((await exhaust((n) => ledger.reserve(from(bo, `room-${n}` as RoomId), 1))).times).toBe(7)
  })

  test('[R44] a person takes a few names at once, and fewer where more rooms are told of them; others go on', async () => {
    const few = await exhaust(() => ledger.rename(ann))
    expect(few).toMatchObject({ times: RENAMES.burst, answer: { refusal: { code: 'too_fast' } } })
    expect(await ledger.rename(bo)).toMatchObject({ ok: true })
    for (let n = 0; n < 2 * ROOMS_PER_RENAME; n++) await ledger.openSocket(from(bo, `room-${n}` as RoomId), 'newcomer')
    await ledger.openSocket(from(ann), 'newcomer')
    expect(new Set(await ledger.roomsToTell(bo))).toEqual(new Set(Array.from({ length: 2 * ROOMS_PER_RENAME }, (_, n) => `room-${n}`)))
    expect((await exhaust(() => ledger.rename(bo))).times).toBe(RENAMES.burst - 3)
    for (let n = 0; n < 2 * ROOMS_PER_RENAME; n++) await ledger.closeSocket(from(bo, `room-${n}` as RoomId))
    expect(await ledger.roomsToTell(bo)).toEqual([])
    stage.now += 1_000 / RENAMES.perSecond
    expect(await ledger.rename(bo)).toMatchObject({ ok: true })
  })

  test('an account has its own', async () => {
    await ledger.setAccount(ann, true)
    expect((await exhaust((n) => ledger.reserve(from(ann, `room-${n}` as RoomId), 1))).times).toBe(7)
    await ledger.setAccount(ann, false)
    expect(await ledger.reserve(from(ann, 'elsewhere' as RoomId), 1)).toMatchObject({ refusal: { message: expect.stringContaining('guest') } })
  })

  test('tokens count as soon as they are granted, and as what they were once that is known', async () => {
    // The last call of a day may go over by what it takes; until it is known what it took, there is no other.
    const first = await reserve(ann, lobby, 12_000)
    expect(await ledger.reserve(from(ann, lobby), 1)).toMatchObject({ ok: false, refusal: { code: 'budget_spent' } })
    await ledger.settle(first, 900)
    const second = await reserve(ann, lobby, 9_000)
    await ledger.settle(second, 12_000)
    expect((await ledger.left(from(ann))).answers).toMatchObject({ calls: 0, spender: 'guest' })
    expect((await ledger.usageToday()).people).toEqual([{ id: ann, calls: 2, tokens: 12_900, isAccount: false, sockets: 0 }])
  })

  test('a call that nobody settles has cost what it was granted, and no more, whatever befalls the object', async () => {
    await reserve(ann, lobby, 1_234)
    await evictDurableObject(stub())
    const usage = await ledger.usageToday()
    expect(usage.instance).toMatchObject({ calls: 1, tokens: 1_234 })
    expect(usage.rooms).toEqual([{ id: lobby, calls: 1, tokens: 1_234, sockets: 0 }])
    expect(usage.limits.guest).toEqual({ calls: 5, tokens: 10_000 })
  })

  test('a call that is settled after midnight counts for the day on which it was granted', async () => {
    const late = await reserve(ann, lobby, 5_000)
    stage.now += DAY_MS
    await ledger.settle(late, 7_000)
    expect((await ledger.usageToday()).instance).toMatchObject({ calls: 0, tokens: 0 })
    expect((await ledger.left(from(ann))).answers).toMatchObject({ calls: 5 })
  })

  test('0 allows nothing, and no limit is no limit', async () => {
    await inside((_, { storage }) => {
      const none = { calls: null, tokens: null }
      const of = (guest: { calls: number | null; tokens: number | null }) =>
        new Budgets(storage.sql, { guest, network: none, guests: none, account: none, room: none, instance: none })
      expect(of({ calls: 0, tokens: null }).reserve(ann, lobby, null, 1, 0)).toMatchObject({ ok: false })
      expect(of({ calls: null, tokens: 0 }).reserve(ann, lobby, null, 1, 0)).toMatchObject({ ok: false })
      for (let n = 0; n < 1_000; n++) expect(of(none).reserve(ann, lobby, null, 1_000_000, 0)).toMatchObject({ ok: true, value: { left: { calls: null } } })
    })
  })
})

describe('[R61] new guests', () => {
  test('come in from one network only so fast, and from another meanwhile', async () => {
    const { times, answer } = await exhaust(() => ledger.signIn(home))
    expect(times).toBe(SIGN_INS.burst)
    expect(answer).toMatchObject({ refusal: { code: 'too_fast', retryAfterMs: 2_000 } })
    expect(await ledger.signIn(office)).toEqual({ ok: true })
    stage.now += 2_000
    expect(await ledger.signIn(home)).toEqual({ ok: true })
  })

  test('of a day are so many from one network, also across a restart, and anew the next day', async () => {
    const patiently = async () => {
      stage.now += 2_000
      return ledger.signIn(home)
    }
    for (let n = 0; n < PER_DAY.signIns.address / 2; n++) await patiently()
    await evictDurableObject(stub())
    expect(await exhaust(patiently)).toMatchObject({ times: PER_DAY.signIns.address / 2, answer: { refusal: { code: 'too_fast' } } })
    expect(await ledger.signIn(office)).toEqual({ ok: true })
    expect(await ledger.signIn(null)).toEqual({ ok: true })
    stage.now += DAY_MS
    expect(await ledger.signIn(home)).toEqual({ ok: true })
  })
})

describe('[R61] new rooms', () => {
  test('of one person are so many a day; one that was not made after all does not count', async () => {
    const patiently = async () => {
      stage.now += 60_000
      return ledger.newRoom(ann, home)
    }
    await patiently()
    await ledger.noNewRoom(ann, home)
    expect((await exhaust(patiently)).times).toBe(PER_DAY.newRooms.person)
    expect(await ledger.newRoom(bo, home)).toEqual({ ok: true })
  })
})

describe('[R64] what is posted in a day', () => {
  const postsLeft = async (person: MemberId, address: string | null) => (await ledger.left(from(person, lobby, address))).posts
  const posted = (person: MemberId, bytes: number, address: string | null = home) => ledger.posted([{ person, address, bytes }])

  test('is bounded for one person, one network and the instance, outlasts a restart, and begins anew at midnight', async () => {
    const { person, address, instance } = PER_DAY.posted
    const resetsAt = (Math.floor(stage.now / DAY_MS) + 1) * DAY_MS
    expect(await posted(ann, 1_000)).toEqual([{ of: 'person', bytes: person - 1_000, resetsAt }])
    expect(await posted(ann, person)).toEqual([{ of: 'person', bytes: 0, resetsAt }])
    await evictDurableObject(stub())
    expect(await postsLeft(ann, office)).toEqual({ of: 'person', bytes: 0, resetsAt })
    expect(await postsLeft(bo, home)).toMatchObject({ of: 'person', bytes: person })
    await ledger.posted(Array.from({ length: 20 }, (_, n) => ({ person: `guest-${n}` as MemberId, address: home, bytes: address / 20 })))
    expect(await postsLeft(bo, home)).toEqual({ of: 'network', bytes: 0, resetsAt })
    expect(await postsLeft(bo, office)).toMatchObject({ of: 'person', bytes: person })
    expect(await postsLeft(bo, null)).toMatchObject({ of: 'person', bytes: person })
    await posted('crowd' as MemberId, instance, null)
    expect(await postsLeft(bo, office)).toEqual({ of: 'instance', bytes: 0, resetsAt })
    stage.now = resetsAt
    expect(await postsLeft(ann, home)).toMatchObject({ of: 'person', bytes: person })
  })
})

describe('[R61] sockets over all rooms', () => {
  const place = (n: number, person: MemberId, address: string | null = home) => ({ room: `room-${n % 7}` as RoomId, person, address })

  test('of one person are bounded, and one that closes makes room', async () => {
    const { times, answer } = await exhaust((n) => ledger.openSocket(place(n, ann), 'owner'))
    expect(times).toBe(OVER_ALL_ROOMS.person)
    expect(answer).toMatchObject({ refusal: { code: 'too_many_sockets' } })
    expect(await ledger.openSocket(place(0, bo), 'newcomer')).toMatchObject({ ok: true })
    await ledger.closeSocket(place(0, ann))
    expect(await ledger.openSocket(place(1, ann), 'owner')).toMatchObject({ ok: true })
  })

  test('of newcomers at one address are bounded; members of old, owners and other addresses still come in', async () => {
    const { times } = await exhaust((n) => ledger.openSocket(place(n, `guest-${n % 50}` as MemberId), 'newcomer'))
    expect(times).toBe(OVER_ALL_ROOMS.address)
    for (const standing of ['old', 'owner'] as const) expect(await ledger.openSocket(place(0, bo), standing)).toMatchObject({ ok: true })
    expect(await ledger.openSocket(place(0, ann, office), 'newcomer')).toMatchObject({ ok: true })
    expect(await ledger.openSocket(place(0, ann, null), 'newcomer')).toMatchObject({ ok: true })
  })

  test('are what each room says when it wakes, and none when the process is another', async () => {
    for (let n = 0; n < 21; n++) await ledger.openSocket(place(n, ann), 'newcomer')
    await ledger.present('room-0' as RoomId, [{ person: ann, address: home }])
    expect((await ledger.usageToday()).instance.sockets).toBe(19)
    await evictDurableObject(stub())
    expect((await ledger.usageToday()).instance.sockets).toBe(19)
    await inside((_, { storage }) => {
      storage.sql.exec(`UPDATE process SET id = 'before the restart'`)
      expect(new OpenSockets(storage.sql).total()).toBe(0)
    })
  })
})
