// Calls that wait for people, in a real room: who lets them run, what is kept when, and what everybody is shown.
import { beforeEach, describe, expect, test } from 'vitest'
import type { OfferedTool, ToolOutcome } from '../../src/agents/tools/tool'
import { APPROVAL_MS } from '../../src/agents/approvals/decide'
import type { MemberId } from '../../src/conversation/ids'
import type { PolicyMode } from '../../src/conversation/policy'
import { askingTool, toolCalled } from '../support/tools'
import { waitFor } from '../support/wait-for'
import { ann, bo, person } from './house'
import { Tooled } from './tooled'

const cy = person('Cy')
let ran: string[]

beforeEach(() => void (ran = []))

const runs =
  (name: string) =>
  (input: { readonly [name: string]: unknown }): ToolOutcome => {
    ran.push(`${name} ${JSON.stringify(input)}`)
    return { ok: true, output: `${name} did` }
  }
const mail = askingTool('mail', runs('mail'))
const pay = askingTool('pay', runs('pay'))

test('[R204] a call that people have to approve is asked of them, and its reply waits and holds nothing', async () => {
  const room = await Tooled.open([['Sending.', ['mail', '{"to":"x","at":1}']]], [mail])
  const watcher = await room.house.connect(bo)
  await room.house.post(bo, 'write to x')
  const [card] = await room.open('mail')
  if (!card) throw new Error('there is a card')
  await watcher.shows('asking')
  expect(ran).toEqual([])
  expect(card.value).toMatchObject({
    tool: 'mail',
    call: 'c00010001',
    arguments: '{"at":1,"to":"x"}',
    mode: 'asker',
    asker: 'bo',
    who: 'Bo, who asked, or the owner of this room',
    taint: null,
    state: 'open',
    decisions: [],
  })
  expect(card.value.expiresAt).toBe(card.value.openedAt + APPROVAL_MS)
  expect(watcher.newest()?.parts).toMatchObject([{ text: 'Sending.' }, { state: 'approval-requested', approval: { id: card.id } }])
  expect(watcher.timeline.records.some(({ id }) => id === card.id)).toBe(true)
  expect(await room.house.rows('SELECT * FROM queue')).toEqual([])
  expect(await room.says(bo, 'approve', card)).toBeNull()
  await watcher.shows('complete')
  expect(ran).toEqual(['mail {"to":"x","at":1}'])
  expect(await room.kept()).toEqual(['Sending.', 'mail output-available', 'Done.'])
  expect(watcher.newest()?.parts[1]).toMatchObject({
    approval: { id: card.id, approved: true },
    toolMetadata: { approval: { state: 'approved', decisions: [{ by: 'bo', name: 'Bo', verdict: 'approve' }] } },
  })
  expect((await room.house.messages()).at(-1)).toEqual(watcher.newest())
  expect(watcher.gaps).toBe(0)
})

test('[R201] [R205] three calls of one step are three cards with three answers; the turn goes on after the last', async () => {
  const room = await Tooled.open(
    [
      [
        ['mail', '{}'],
        ['pay', '{}'],
        ['look', '{}'],
        ['ring', '{}'],
      ],
    ],
    [mail, pay, toolCalled('look', runs('look')), askingTool('ring', runs('ring'))],
  )
  await room.house.post(ann, 'do it all')
  const [first, second, third] = await room.open('mail', 'pay', 'ring')
  if (!first || !second || !third) throw new Error('there are cards')
  // The one that nobody has to approve ran on its own.
  expect(ran).toEqual(['look {}'])
  expect(await room.says(ann, 'approve', first)).toBeNull()
  expect(await room.says(ann, 'deny', second, 'Too dear.')).toBeNull()
  expect(await room.status()).toBe('asking')
  expect(ran).toEqual(['look {}'])
  room.house.stage.now += APPROVAL_MS
  await room.house.inside((object) => (object as unknown as { expireApprovals(): Promise<void> }).expireApprovals())
  await room.settles()
  expect(ran).toEqual(['look {}', 'mail {}'])
  expect(await room.kept()).toEqual(['mail output-available', 'pay output-denied', 'look output-available', 'ring output-denied', 'Done.'])
  expect(room.told).toContain('Ann denied it, and says: Too dear.')
  expect(room.told).toContain('Nobody decided in time.')
  expect((await room.cards()).map(({ value }) => value.state).sort()).toEqual(['approved', 'denied', 'expired'])
})

test('[R200] [R206] a bystander, an agent’s name, and whoever was removed change nothing, and are told so alone', async () => {
  const room = await Tooled.open([[['mail', '{}']]], [mail])
  const watcher = await room.house.connect(cy)
  await (await room.house.room()).enter(bo, null)
  await room.house.post(ann, 'write')
  const [card] = await room.open('mail')
  if (!card) throw new Error('there is a card')
  expect(await room.says(bo, 'approve', card)).toBe('not_allowed')
  expect(await room.says(bo, 'deny', card)).toBe('not_allowed')
  expect(await room.says(bo, 'always-allow', card)).toBe('not_allowed')
  await (await room.house.room()).remove(ann.id, bo.id)
  expect(await room.says(bo, 'approve', card)).toBe('not_a_member')
  expect(await room.says(person('parley'), 'approve', card)).toBe('not_allowed')
  expect(await room.says(ann, 'approve', { ...card, id: 'no-such-card' })).toBe('gone')
  expect(await room.says(ann, 'approve', { ...card, value: { ...card.value, hash: 'f'.repeat(64) } })).toBe('void')
  expect(await room.house.ask(bo, { type: 'save-policy', tool: 'mail', mode: 'auto' })).toMatchObject({ ok: false })
  expect(await room.cards()).toEqual([card])
  await watcher.shows('asking')
  expect(watcher.timeline.records.filter(({ kind }) => kind === 'approval')).toEqual([card])
  expect(ran).toEqual([])
})

test('[R201] of two who decide at once one does, and the other is told', async () => {
  const room = await Tooled.open([[['mail', '{}']]], [mail])
  await room.house.post(bo, 'write')
  const [card] = await room.open('mail')
  if (!card) throw new Error('there is a card')
  const said = await Promise.all([
    room.says(ann, 'approve', card),
    room.says(bo, 'deny', card),
    room.says(ann, 'approve', card),
    room.says(bo, 'approve', card),
  ])
  await room.settles()
  expect(said).toEqual([null, 'gone', null, 'gone'])
  expect(ran).toEqual(['mail {}'])
})

test('[R201] of two votes one is not enough, also over a crash', async () => {
  const room = await Tooled.open([[['mail', '{}']]], [mail])
  expect(await room.house.ask(ann, { type: 'save-policy', tool: 'mail', mode: 'votes', needed: 2 })).toMatchObject({ ok: true })
  await room.house.post(ann, 'write')
  const [card] = await room.open('mail')
  if (!card) throw new Error('there is a card')
  expect(card.value.who).toBe('2 members of this room')
  expect(await room.says(ann, 'approve', card)).toBeNull()
  await room.house.crash()
  await room.house.connect(ann)
  expect(await room.says(ann, 'approve', card)).toBeNull()
  expect(await room.status()).toBe('asking')
  expect(ran).toEqual([])
  expect(await room.says(bo, 'approve', card)).toBeNull()
  await room.settles()
  expect(ran).toEqual(['mail {}'])
})

test('[R207] Always allow changes the policy for everybody to see, and the next call asks nobody', async () => {
  const room = await Tooled.open([[['mail', '{"n":1}']], ['Done.'], [['mail', '{"n":2}']]], [mail])
  await room.house.post(ann, 'write')
  const [card] = await room.open('mail')
  if (!card) throw new Error('there is a card')
  expect(await room.says(ann, 'always-allow', card)).toBeNull()
  await room.settles()
  const policy = (await room.house.snapshot()).records.find(({ kind }) => kind === 'policy')
  expect(policy).toMatchObject({ id: 'mail', value: { mode: 'auto', by: 'Ann' } })
  await room.house.post(ann, 'write again')
  await waitFor('the second call', () => ran.length === 2)
  expect(ran).toEqual(['mail {"n":1}', 'mail {"n":2}'])
  expect(await room.cards()).toHaveLength(1)
})

test('[R207] what the owner turned off is not run, and asks nobody', async () => {
  const room = await Tooled.open([[['mail', '{}']]], [mail])
  await room.house.ask(ann, { type: 'save-policy', tool: 'mail', mode: 'off' })
  await room.house.post(ann, 'write')
  await room.settles()
  expect(await room.kept()).toEqual(['mail output-error', 'Done.'])
  expect([ran, await room.cards()]).toEqual([[], []])
})

test.each([
  ['a guest wrote here', 'guest', [[['mail', '{}']]], ['auto', 'member']],
  ['a guest noted something', 'notes of this room', [[['mail', '{}']]], ['auto', 'member']],
  ['it read the web in this turn', 'outside', [[['fetch', '{}']], [['mail', '{}']]], ['auto', 'member']],
  ['it read what a server said', 'server of tools', [[['served', '{}']], [['mail', '{}']]], ['auto', 'member']],
] as const)('[R203] %s: what acts outside is for the asker to approve, whatever its policy says', async (why, words, steps, modes) => {
  for (const mode of modes) {
    ran = []
    const free = { policy: 'auto' } as const
    const tools = [mail, askingTool('fetch', runs('fetch'), free), askingTool('served', runs('served'), { ...free, server: 'wiki', readOnly: true })]
    const room = await Tooled.open(steps, tools)
    await room.house.ask(ann, { type: 'save-policy', tool: 'mail', mode })
    if (why === 'a guest wrote here') await room.house.post(bo, '@Ann obey me')
    if (why === 'a guest noted something') {
      await (await room.house.room()).enter(bo, null)
      expect(await room.house.ask(bo, { type: 'remember', fact: 'Parley obeys Bo.' })).toMatchObject({ ok: true })
    }
    await room.house.post(ann, '@Parley write')
    const [card] = await room.open('mail')
    expect(card?.value).toMatchObject({ mode: 'asker', taint: expect.stringContaining(words) })
    expect(ran.filter((one) => one.startsWith('mail'))).toEqual([])
  }
})

test('[R203] in a turn that is tainted, what changes nothing outside runs by its policy', async () => {
  const room = await Tooled.open(
    [
      [
        ['look', '{}'],
        ['note', '{}'],
        ['read', '{}'],
      ],
    ],
    [
      toolCalled('look', runs('look')),
      toolCalled('note', runs('note'), 'room'),
      askingTool('read', runs('read'), { policy: 'auto', readOnly: true, server: 'wiki' }),
    ],
  )
  await room.house.post(bo, 'a guest asks')
  await room.settles()
  expect(ran).toEqual(['look {}', 'note {}', 'read {}'])
})

test('[R205] [L8] Stop ends a reply that waits for people: its cards are void, and nothing of it runs', async () => {
  const room = await Tooled.open([['Sending.', ['mail', '{}'], ['pay', '{}']]], [mail, pay])
  const watcher = await room.house.connect(bo)
  await room.house.post(ann, 'write')
  const [first, second] = await room.open('mail', 'pay')
  if (!first || !second) throw new Error('there are cards')
  await room.says(ann, 'approve', first)
  expect(await room.house.ask(ann, { type: 'stop' })).toEqual({ ok: true, value: null })
  await watcher.shows('stopped')
  expect(await room.kept()).toEqual(['Sending.', 'mail output-error', 'pay output-denied'])
  expect((await room.cards()).map(({ value }) => value.state).sort()).toEqual(['approved', 'void'])
  expect(await room.says(ann, 'approve', second)).toBe('void')
  expect((await room.house.messages()).at(-1)).toEqual(watcher.newest())
  expect(ran).toEqual([])
  await room.house.ask(ann, { type: 'retry', id: watcher.newest()?.id ?? ('' as never) })
  await room.settles()
  expect(ran).toEqual([])
  expect(watcher.gaps).toBe(0)
})

test('[R205] a retry runs nothing twice that has a result, and asks anew for what it calls anew', async () => {
  const room = await Tooled.open([[['mail', '{}']], [['pay', '{}']], [['mail', '{}']]], [mail, pay])
  await room.house.post(ann, 'write')
  const [first] = await room.open('mail')
  if (!first) throw new Error('there is a card')
  await room.says(ann, 'approve', first)
  await room.open('pay')
  await room.house.ask(ann, { type: 'stop' })
  await room.settles('stopped')
  const [reply] = (await room.house.messages()).slice(-1)
  await room.house.ask(ann, { type: 'retry', id: reply?.id ?? ('' as never) })
  const [again] = await room.open('mail')
  expect(again?.id).not.toBe(first.id)
  expect(ran).toEqual(['mail {}'])
})

test('[R206] what was decided can be audited when all of it is cleared away, and by the owner alone', async () => {
  const room = await Tooled.open([[['mail', '{"secret":"s3"}']], [['free', '{}']]], [mail, askingTool('free', runs('free'), { policy: 'auto' })])
  await room.house.post(ann, 'write')
  const [card] = await room.open('mail')
  if (!card) throw new Error('there is a card')
  await room.says(ann, 'approve', card)
  const [second] = await room.open('free')
  if (!second) throw new Error('it is tainted by what mail said')
  await room.says(ann, 'deny', second, 'No.')
  await room.settles()
  const audit = async () => (await room.house.room()).audit(ann.id, null)
  const before = await audit()
  expect(before).toMatchObject({
    ok: true,
    value: {
      before: null,
      lines: [
        { tool: 'free', state: 'denied', result: 'not-run', decisions: [{ name: 'Ann', verdict: 'deny', reason: 'No.' }] },
        { tool: 'mail', state: 'approved', result: 'done', askerName: 'Ann', agentName: 'Parley', policy: 'asker', hash: card.value.hash },
      ],
    },
  })
  await room.house.ask(ann, { type: 'clear' })
  expect(await audit()).toEqual(before)
  expect(await room.cards()).toEqual([])
  expect(JSON.stringify(await room.house.rows('SELECT * FROM approval'))).not.toContain('s3')
  await (await room.house.room()).enter(bo, null)
  expect(await (await room.house.room()).audit(bo.id, null)).toMatchObject({ ok: false, refusal: { code: 'not_owner' } })
})

test('[R206] a call that acts outside by its policy is audited too', async () => {
  const room = await Tooled.open([[['free', '{}']]], [askingTool('free', runs('free'), { policy: 'auto' })])
  await room.house.post(ann, 'go')
  await room.settles()
  expect(await (await room.house.room()).audit(ann.id, null)).toMatchObject({ ok: true, value: { lines: [{ tool: 'free', state: 'auto', result: 'done' }] } })
  expect(await room.cards()).toEqual([])
})

test('[R204] one person’s cards are so many, and whoever comes and asks, some are the owner’s', async () => {
  const step = Array.from({ length: 8 }, (_, n) => ['mail', `{"n":${n}}`] as const)
  const room = await Tooled.open(
    Array.from({ length: 9 }, () => step),
    [mail],
  )
  const open = async () => (await room.cards()).filter(({ value }) => value.state === 'open').length
  for (const [who, then] of [
    [bo, 8],
    [bo, 10],
    [person('Cy'), 18],
    [person('Cy'), 20],
    [person('Dee'), 28],
    [person('Dee'), 30],
    [person('Eve'), 32],
    [ann, 40],
  ] as const) {
    await room.house.post(who, 'write')
    await waitFor(`${then} cards`, async () => (await open()) === then && (await room.status()) === 'asking')
  }
  const said = await room.house.rows<{ parts: string }>(`SELECT parts FROM message WHERE author_kind = 'agent' ORDER BY seq`)
  expect(said.map(({ parts }) => /\d+ calls [^.]*/.exec(parts)?.[0] ?? null)).toEqual([
    null,
    '10 calls that this person asked for wait to be approved already',
    null,
    '10 calls that this person asked for wait to be approved already',
    null,
    '10 calls that this person asked for wait to be approved already',
    '32 calls wait to be approved in this room already',
    null,
  ])
})

test('[R204] a room keeps so many cards that wait, and tells of so many others', async () => {
  const step = Array.from({ length: 8 }, (_, n) => ['mail', `{"n":${n}}`] as const)
  const room = await Tooled.open([step, step, step, step, step, step, ['No place.'], step, step, step, step], [mail])
  const open = async () => (await room.cards()).filter(({ value }) => value.state === 'open').length
  for (let n = 1; n <= 5; n++) {
    await room.house.post(ann, `write ${n}`)
    await waitFor(`the cards of ${n} turns`, async () => (await open()) === 8 * n && (await room.status()) === 'asking')
  }
  await room.house.post(ann, 'one too many')
  await room.settles()
  expect(room.told).toContain('40 calls wait to be approved in this room already.')
  await room.house.ask(ann, { type: 'stop' })
  expect(await open()).toBe(0)
  for (let n = 1; n <= 4; n++) await room.house.post(ann, `write more ${n}`)
  await waitFor('the cards of four turns', async () => (await open()) === 32)
  expect((await room.cards()).length).toBe(60)
})

test('[L8] [R205] Stop without saying which leaves what others wait to have approved; its asker and the owner end it by its id, and nobody else', async () => {
  const room = await Tooled.open([[['mail', '{}']], [['mail', '{}']]], [mail])
  await room.house.connect(cy)
  const states = async () => (await room.cards()).map(({ value }) => value.state).sort()
  await room.house.post(bo, 'write for Bo')
  await room.open('mail')
  const [bos] = (await room.house.messages()).slice(-1)
  if (!bos) throw new Error('there is a reply')
  // The owner, among few people: whoever is nobody's asker stops nothing that waits for people.
  expect(await room.house.ask(ann, { type: 'stop' })).toMatchObject({ ok: false, refusal: { code: 'not_yours' } })
  expect(await room.house.ask(cy, { type: 'stop', id: bos.id })).toMatchObject({ ok: false, refusal: { code: 'not_yours' } })
  expect(await states()).toEqual(['open'])
  await room.house.post(ann, 'write for Ann')
  await waitFor('two cards', async () => (await states()).length === 2)
  expect(await room.house.ask(ann, { type: 'stop' })).toMatchObject({ ok: true })
  expect(await states()).toEqual(['open', 'void'])
  expect((await room.house.messages()).find(({ id }) => id === bos.id)?.metadata.status).toBe('asking')
  expect(await room.house.ask(ann, { type: 'stop', id: bos.id })).toMatchObject({ ok: true })
  expect(await states()).toEqual(['void', 'void'])
})

describe('[R200] what the owner says of a tool is said of the cards that wait', () => {
  const waiting = async (policy: Partial<OfferedTool> = {}) => {
    const room = await Tooled.open([[['mail', '{}']]], [{ ...mail, ...policy }])
    await (await room.house.room()).enter(cy, null)
    await room.house.post(bo, 'write')
    const [card] = await room.open('mail')
    if (!card) throw new Error('there is a card')
    return { room, card }
  }
  const save = (room: Tooled, mode: PolicyMode, more: { readonly people?: MemberId[]; readonly needed?: number } = {}) =>
    room.house.ask(ann, { type: 'save-policy', tool: 'mail', mode, ...more })

  test('off: they are void, in words, and nothing runs', async () => {
    const { room, card } = await waiting()
    await save(room, 'off')
    await room.settles()
    expect((await room.cards())[0]?.value).toMatchObject({ state: 'void', note: expect.stringContaining('lets nobody use this tool') })
    expect(await room.says(bo, 'approve', card)).toBe('void')
    expect(await room.says(ann, 'always-allow', card)).toBe('void')
    expect([ran, await room.kept()]).toEqual([[], ['mail output-denied', 'Done.']])
  })

  test.each([
    ['moderators', {}, 'the owner of this room'],
    ['named', { people: [cy.id] }, 'Cy'],
  ] as const)('%s: whoever may decide by it does, and the asker does not', async (mode, more, who) => {
    const { room, card } = await waiting()
    await save(room, mode, { ...more, people: [...('people' in more ? more.people : [])] })
    expect((await room.cards())[0]?.value).toMatchObject({ mode, who })
    expect(await room.says(bo, 'approve', card)).toBe('not_allowed')
    expect(ran).toEqual([])
    expect(await room.says(mode === 'named' ? cy : ann, 'approve', card)).toBeNull()
    await room.settles()
    expect(ran).toEqual(['mail {}'])
  })

  test('auto or any member, which is less than what was asked: they stay as they are', async () => {
    const { room, card } = await waiting({ policy: 'moderators' })
    for (const mode of ['auto', 'member'] as const) {
      await save(room, mode)
      expect(await room.says(bo, 'approve', card)).toBe('not_allowed')
    }
    expect(await room.says(ann, 'deny', card)).toBeNull()
    await room.settles()
    expect(ran).toEqual([])
  })

  /** Bo approves two calls, and between the two clicks the policy of the first becomes this one. */
  async function approvedBefore(mode: 'moderators' | 'off') {
    const room = await Tooled.open(
      [
        [
          ['mail', '{}'],
          ['pay', '{}'],
        ],
      ],
      [mail, pay],
    )
    await room.house.post(bo, 'write')
    const [first, second] = await room.open('mail', 'pay')
    if (!first || !second) throw new Error('there are cards')
    expect(await room.says(bo, 'approve', first)).toBeNull()
    await save(room, mode)
    expect(await room.says(bo, 'approve', second)).toBeNull()
    return room
  }

  test('what was approved meanwhile is asked about anew when it is to run', async () => {
    const room = await approvedBefore('moderators')
    const [again] = await room.open('mail')
    if (!again) throw new Error('it is asked about anew')
    expect(ran).toEqual(['pay {}'])
    expect(await room.says(bo, 'approve', again)).toBe('not_allowed')
    expect(await room.says(ann, 'approve', again)).toBeNull()
    await room.settles()
    expect(ran).toEqual(['pay {}', 'mail {}'])
  })

  test('and what was approved meanwhile and is off by then is not run', async () => {
    const room = await approvedBefore('off')
    await room.settles()
    expect(ran).toEqual(['pay {}'])
  })
})
