// Calls that wait for people, in each lane: who may decide, what everybody is shown, and what is done outside, by a tool that only tests have.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { textOf, type Message } from '../../src/conversation/message'
import { type RecordOf, recordsOf } from '../../src/conversation/record'
import { LANES } from '../../src/lanes/lanes'
import type { Guest } from '../support/guest'
import { Outside } from '../support/outside'
import { command } from '../support/room'
import { DRIVERS } from './drivers'
import type { Participant } from './participant'
import { RawSocket } from './raw-socket'
import { World } from './world'

let world: World
let outside: Outside

beforeAll(async () => {
  world = await World.withTools()
})
beforeEach(async () => {
  outside = await Outside.open()
})
afterEach(async () => {
  world.leaveAll()
  await outside.close()
})
afterAll(() => world.end())

type Card = RecordOf<'approval'>

const cards = (who: Participant): readonly Card[] => recordsOf(who.client.getState().records, 'approval')
const reply = (who: Participant): Message | undefined => who.messages().findLast(({ role }) => role === 'assistant')
const status = (who: Participant) => reply(who)?.metadata.status
const calls = (who: Participant) => reply(who)?.parts.flatMap((part) => (part.type === 'dynamic-tool' ? [`${part.toolName} ${part.state}`] : []))
const call = (tool: string) => `call:${tool}({"to":${outside.port}})`
const deeds = () => outside.deeds.map(({ tool }) => tool)

async function asks(who: Participant, ...tools: readonly string[]): Promise<readonly Card[]> {
  who.client.post(`[[${tools.map(call).join(' ')}]] do it`)
  await who.until('the cards', () => status(who) === 'asking' && cards(who).filter(({ value }) => value.state === 'open').length === tools.length)
  return tools.flatMap((tool) => cards(who).find(({ value }) => value.tool === tool && value.state === 'open') ?? [])
}

const approves = (who: Participant, { id, value }: Card) => who.client.decide({ type: 'approve', approval: id, hash: value.hash })
const refusal = (who: Participant) => who.client.getState().refusal?.code

describe.each(LANES)('%s lane', (lane) => {
  const join = async (owner: Guest) => {
    const room = await world.room(owner)
    const [ann, bo, cy] = [
      await world.join(DRIVERS[lane], room, owner),
      await world.join(DRIVERS[lane], room, 'Bo'),
      await world.join(DRIVERS[lane], room, 'Cy'),
    ]
    return { room, ann, bo, cy }
  }

  it('[R201] [R204] [R205] three calls of one step are three cards with three answers, seen by everybody and by whoever comes later', async () => {
    const { room, ann, bo, cy } = await join(await world.guest('Ann'))
    const [mail, pay, ring] = await asks(bo, 'mail', 'pay', 'ring')
    if (!mail || !pay || !ring) throw new Error('there are three cards')
    expect(calls(bo)).toEqual(['mail approval-requested', 'pay approval-requested', 'ring approval-requested'])
    approves(bo, mail)
    ann.client.decide({ type: 'deny', approval: pay.id, reason: 'Too dear.' })
    await cy.until('two to be decided', () => cards(cy).filter(({ value }) => value.state === 'open').length === 1)
    expect([status(cy), deeds()]).toEqual(['asking', []])
    approves(ann, ring)
    for (const who of [ann, bo, cy]) await who.until('its end', () => status(who) === 'complete')
    expect(deeds().toSorted()).toEqual(['mail', 'ring'])
    expect(calls(ann)).toEqual(['mail output-available', 'pay output-denied', 'ring output-available'])
    const late = await world.join(DRIVERS[lane], room, 'Dee')
    await late.until('all of it', () => late.shown().join() === ann.shown().join())
    expect(late.records()).toEqual(ann.records())
    expect(reply(late)?.parts).toEqual(reply(bo)?.parts)
    expect(cards(late).map(({ value }) => [value.tool, value.state, value.decisions.map(({ name, reason }) => `${name} ${reason ?? ''}`)])).toEqual(
      expect.arrayContaining([
        ['mail', 'approved', ['Bo ']],
        ['pay', 'denied', ['Ann Too dear.']],
        ['ring', 'approved', ['Ann ']],
      ]),
    )
  })

  it('[R201] of two people who click at once one decides, and the other is told', async () => {
    const { ann, bo } = await join(await world.guest('Ann'))
    const [mail] = await asks(bo, 'mail')
    if (!mail) throw new Error('there is a card')
    approves(bo, mail)
    ann.client.decide({ type: 'deny', approval: mail.id })
    await bo.until('its end', () => status(bo) === 'complete')
    await ann.until('its end', () => status(ann) === 'complete')
    const isApproved = deeds().length === 1
    expect(cards(ann).map(({ value }) => value.state)).toEqual([isApproved ? 'approved' : 'denied'])
    const late = isApproved ? ann : bo
    await late.until('to be told', () => refusal(late) === 'gone')
    expect(refusal(isApproved ? bo : ann)).toBeUndefined()
  })

  it('[R200] [R206] a bystander, somebody who was removed and a forged frame change nothing', async () => {
    const owner = await world.guest('Ann')
    const { room, ann, bo, cy } = await join(owner)
    const [mail] = await asks(bo, 'mail')
    if (!mail) throw new Error('there is a card')
    const said = { approval: mail.id, hash: mail.value.hash }
    approves(cy, mail)
    await cy.until('to be told', () => refusal(cy) === 'not_allowed')
    for (const type of ['approve', 'always-allow'] as const) {
      const forged = await command(cy.guest, room, { type, ...said })
      expect([forged.status, (await forged.json<{ refusal: { code: string } }>()).refusal.code]).toEqual([403, 'not_allowed'])
    }
    expect((await command(bo.guest, room, { type: 'approve', approval: mail.id, hash: '0'.repeat(64) })).status).toBe(409)
    expect((await command(bo.guest, room, { type: 'approve', ...said, by: bo.guest.id })).status).toBe(400)
    // Whatever their own lane, other lanes' frames are heard as what they are, or not at all.
    for (const frame of [
      { type: 'approve', ...said, member: bo.guest.id },
      { type: 'record', kind: 'approval', id: mail.id, version: 999, value: { ...mail.value, state: 'approved' } },
      {
        type: 'part',
        id: mail.value.reply,
        index: 0,
        part: { type: 'dynamic-tool', toolCallId: mail.value.call, state: 'approval-responded', approval: { id: mail.id, approved: true } },
      },
      [[['records', [[`approval:${mail.id}`, [['value', ['{"state":"approved"}', 'Nn1JUF-----7JQY8']]]]]], {}], {}, 1],
    ]) {
      const socket = await RawSocket.open(cy.guest, room, lane)
      socket.send(JSON.stringify(frame))
      await socket.answered()
      socket.close()
    }
    await owner.fetch(new URL(`/rooms/${room}/members`, owner.origin), {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ remove: cy.guest.id }),
    })
    expect((await command(cy.guest, room, { type: 'approve', ...said })).status).toBe(403)
    expect([status(ann), cards(ann).map(({ value }) => value.state), deeds()]).toEqual(['asking', ['open'], []])
    expect(refusal(ann)).toBeUndefined()
    approves(bo, mail)
    await ann.until('its end', () => status(ann) === 'complete')
    expect(deeds()).toEqual(['mail'])
  })

  it('[R205] [L8] [L6] Stop ends it for whoever looks and for whoever was away', async () => {
    const { ann, bo, cy } = await join(await world.guest('Ann'))
    await asks(ann, 'mail', 'pay')
    cy.drop()
    ann.client.stop()
    for (const who of [ann, bo, cy]) await who.until('its end', () => status(who) === 'stopped')
    for (const who of [bo, cy]) expect(who.shown()).toEqual(ann.shown())
    expect(calls(cy)).toEqual(['mail output-denied', 'pay output-denied'])
    expect(cards(bo).map(({ value }) => value.state)).toEqual(['void', 'void'])
    expect(deeds()).toEqual([])
  })
})

it('[R206] the owner reads the audit page by page and as JSON lines; nobody else does', async () => {
  const owner = await world.guest('Ann')
  const room = await world.room(owner)
  const [ann, bo] = [await world.join(DRIVERS.agents, room, owner), await world.join(DRIVERS.agents, room, 'Bo')]
  const [mail, pay] = await asks(ann, 'mail', 'pay')
  if (!mail || !pay) throw new Error('there are cards')
  approves(ann, mail)
  ann.client.decide({ type: 'deny', approval: pay.id, reason: '<b>Not "this" one</b>' })
  await ann.until('its end', () => status(ann) === 'complete')
  const at = (who: Guest, query = '') => who.fetch(new URL(`/rooms/${room}/audit${query}`, who.origin))
  const page = await (await at(owner)).text()
  for (const state of ['approved', 'denied']) expect(page).toContain(`data-approval-state="${state}"`)
  expect(page).toContain('&lt;b&gt;Not')
  const lines = (await (await at(owner, '?format=jsonl')).text()).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { tool: 'pay', state: 'denied', result: 'not-run', decisions: [{ name: 'Ann', reason: '<b>Not "this" one</b>' }] },
    { tool: 'mail', state: 'approved', result: 'done', hash: mail.value.hash, policy: 'asker', askerName: 'Ann', agentName: 'Parley' },
  ])
  for (const query of ['', '?format=jsonl']) {
    expect((await at(bo.guest, query)).status).toBe(403)
    expect((await at(owner, `${query === '' ? '?' : `${query}&`}before=x`)).status).toBe(400)
  }
  expect(textOf(reply(ann) ?? { parts: [] })).not.toBe('')
})
