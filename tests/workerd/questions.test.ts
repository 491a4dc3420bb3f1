// What a server asks of a person while it is called: a card that waits as an approval does, and a call that is made again with the answer.
import { beforeEach, expect, test } from 'vitest'
import { APPROVAL_MS } from '../../src/agents/approvals/decide'
import type { ToolContext } from '../../src/agents/tools/tool'
import type { Command } from '../../src/conversation/command'
import type { Member } from '../../src/conversation/member'
import type { Question } from '../../src/conversation/question'
import { askingTool } from '../support/tools'
import { waitFor } from '../support/wait-for'
import { ann, bo, person } from './house'
import { type Card, Tooled } from './tooled'

const cy = person('Cy')
const plain = { hint: null, format: null, min: null, max: null, options: [], usual: null } as const
const QUESTION: Question = {
  message: 'Which seat?',
  fields: [
    { ...plain, name: 'seat', label: 'Seat', type: 'text', isRequired: true, max: 4 },
    { ...plain, name: 'code', label: 'Code', type: 'text', isRequired: false },
  ],
}
/** What each call of the tool knew, when it began. */
let calls: (string | null)[]
/** Holds the next call in its middle. */
let hold: Promise<void> | null

beforeEach(() => {
  calls = []
  hold = null
})

const book = askingTool(
  'book',
  async (_, { answers }: ToolContext) => {
    const [answer] = answers
    calls.push(answer ? `${answer.action} ${JSON.stringify(answer.content)}` : null)
    await hold
    if (!answer) return { ok: false, text: 'The server asked: Which seat?', question: QUESTION }
    return answer.action === 'accept' ? { ok: true, output: 'booked' } : { ok: false, text: `declined: ${answer.reason}` }
  },
  { policy: 'auto', server: 'air' },
)

async function asked(who: Member = bo): Promise<{ readonly room: Tooled; readonly card: Card }> {
  const room = await Tooled.open([['Booking.', ['book', '{"to":"Rome"}']]], [book])
  await (await room.house.room()).enter(cy, null)
  await room.house.ask(ann, { type: 'save-policy', tool: 'book', mode: 'moderators' })
  await room.house.post(who, 'book it')
  const [approval] = await room.open('book')
  if (!approval) throw new Error('there is a card')
  await room.says(ann, 'approve', approval)
  await waitFor('the question', async () => (await room.cards()).some(({ value }) => value.question !== undefined && value.state === 'open'))
  await room.settles('asking')
  const card = (await room.cards()).find(({ value }) => value.question && value.state === 'open')
  if (!card) throw new Error('there is a question')
  return { room, card }
}

const answer = (id: string, content: Record<string, unknown> = { seat: '12A', code: 's3cret' }): Command => ({
  type: 'answer',
  approval: id,
  action: 'accept',
  content,
})
const codeOf = async ({ house }: Tooled, who: Member, command: Command) => {
  const said = await house.ask(who, command)
  return said.ok ? null : said.refusal.code
}

test('[R273] a call that asks is a card for its asker alone, which holds nothing, and goes on with what they answer', async () => {
  const { room, card } = await asked()
  const watcher = await room.house.connect(cy)
  expect(card.value).toMatchObject({ mode: 'named', people: ['bo'], who: 'Bo, who asked,', server: 'air', tool: 'book', question: QUESTION, state: 'open' })
  expect(await room.house.rows('SELECT * FROM queue')).toEqual([])
  expect(await room.house.rows('SELECT * FROM call')).toEqual([])
  expect(await codeOf(room, bo, answer(card.id))).toBeNull()
  await watcher.shows('complete')
  expect(calls).toEqual([null, 'accept {"seat":"12A","code":"s3cret"}'])
  expect(await room.kept()).toEqual(['Booking.', 'book output-available', 'Done.'])
  const after = (await room.cards()).find(({ id }) => id === card.id)
  expect(after?.value).toMatchObject({ state: 'approved', decisions: [{ by: 'bo', verdict: 'answer' }], question: { message: 'Which seat?', fields: [] } })
  // What was typed is in nothing that anybody is told, and is forgotten when the reply has ended.
  expect(JSON.stringify([await room.house.snapshot(), watcher.timeline, room.prompts])).not.toContain('s3cret')
  for (const table of ['approval', 'message', 'record']) expect(JSON.stringify(await room.house.rows(`SELECT * FROM ${table}`))).not.toContain('s3cret')
})

test('[R273] nobody else answers, declines or cancels it: a bystander, the owner, an agent, whoever was removed, or of another card', async () => {
  const { room, card } = await asked()
  const { id } = card
  for (const who of [ann, cy, person('parley')]) {
    expect(await codeOf(room, who, answer(id))).toBe('not_allowed')
    expect(await codeOf(room, who, { type: 'answer', approval: id, action: 'decline' })).toBe('not_allowed')
    expect(await codeOf(room, who, { type: 'deny', approval: id })).toBe('not_allowed')
  }
  expect(await room.says(bo, 'approve', card)).toBe('malformed')
  expect(await room.says(ann, 'always-allow', card)).toBe('malformed')
  const [approval] = (await room.cards()).filter(({ value }) => value.question === undefined)
  expect(await codeOf(room, ann, answer(approval?.id ?? ''))).toBe('malformed')
  expect(await codeOf(room, bo, answer('no-such-card'))).toBe('gone')
  for (const [content, fault] of [
    [{}, 'has to be filled in'],
    [{ seat: 12 }, 'is text'],
    [{ seat: '12345' }, 'at most 4 characters'],
    [{ seat: '12A', more: 'x' }, 'Nobody asks for "more"'],
    [{ seat: '12A', code: ['x'] }, 'is text'],
  ] as const)
    expect(await room.house.ask(bo, answer(id, content))).toMatchObject({ refusal: { code: 'malformed', message: expect.stringContaining(fault) } })
  await (await room.house.room()).remove(ann.id, cy.id)
  expect(await codeOf(room, cy, answer(id))).toBe('not_a_member')
  expect(await room.cards()).toContainEqual(card)
  expect(calls).toEqual([null])
})

test('[R273] it outlives sleep and crash; the call is made once more, and said twice changes nothing', async () => {
  const { room, card } = await asked()
  await room.house.evict()
  await room.house.crash()
  await room.house.connect(bo)
  expect(await room.status()).toBe('asking')
  expect(await room.cards()).toContainEqual(card)
  const said = await Promise.all([codeOf(room, bo, answer(card.id)), codeOf(room, bo, answer(card.id, { seat: '1B' })), codeOf(room, ann, answer(card.id))])
  expect(said).toEqual([null, null, 'not_allowed'])
  await room.settles()
  expect(calls).toEqual([null, 'accept {"seat":"12A","code":"s3cret"}'])
})

test('[R273] [R184] one that was being made again when the room ended is not made a third time', async () => {
  const { room, card } = await asked()
  hold = new Promise(() => {})
  expect(await codeOf(room, bo, answer(card.id))).toBeNull()
  await waitFor('the call', () => calls.length === 2)
  await room.house.crash()
  hold = null
  await room.house.connect(bo)
  await room.settles()
  expect(calls).toHaveLength(2)
  expect(room.told).toContain('may have happened')
})

test('[R273] declined, the server is told so and its agent why; cancelled, the call is not made; after a day it is too late', async () => {
  for (const [command, made, told] of [
    [{ type: 'answer', action: 'decline', reason: 'None of its business.' }, [null, 'decline {}'], 'declined: None of its business.'],
    [{ type: 'deny', reason: 'Not now.' }, [null], 'Bo did not answer what its server asked, and says: Not now.'],
    [null, [null], 'nobody answered what its server asked in time.'],
  ] as const) {
    calls = []
    const { room, card } = await asked()
    if (command) expect(await codeOf(room, bo, { ...command, approval: card.id })).toBeNull()
    else {
      room.house.stage.now += APPROVAL_MS
      expect(await codeOf(room, bo, answer(card.id))).toBe('gone')
      await room.house.inside((object) => (object as unknown as { expireApprovals(): Promise<void> }).expireApprovals())
    }
    await room.settles()
    expect(calls).toEqual(made)
    expect(room.told.toLowerCase()).toContain(told.toLowerCase())
    expect(await codeOf(room, bo, answer(card.id))).toBe('gone')
  }
})

test('[R273] [R205] Stop, and the asker’s removal, make it void, and nothing is called', async () => {
  for (const end of ['stop', 'remove'] as const) {
    calls = []
    const { room, card } = await asked()
    if (end === 'stop') expect(await codeOf(room, ann, { type: 'stop', id: card.value.reply })).toBeNull()
    else await (await room.house.room()).remove(ann.id, bo.id)
    await room.settles('stopped')
    expect((await room.cards()).find(({ id }) => id === card.id)?.value).toMatchObject({ state: 'void', question: { fields: [] } })
    expect(calls).toEqual([null])
  }
})

test('[R273] [R206] the audit says that it was asked and answered, and a clear takes the question', async () => {
  const { room, card } = await asked()
  expect(await codeOf(room, bo, answer(card.id))).toBeNull()
  await room.settles()
  await room.house.ask(ann, { type: 'clear' })
  expect(await (await room.house.room()).audit(ann.id, null)).toMatchObject({
    value: {
      lines: [
        { state: 'approved', result: 'done', decisions: [{ name: 'Bo', verdict: 'answer' }] },
        { state: 'approved', decisions: [{ name: 'Ann' }] },
      ],
    },
  })
  expect(JSON.stringify(await room.house.rows('SELECT * FROM approval'))).not.toContain('Which seat')
})
