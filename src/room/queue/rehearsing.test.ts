import { expect, test } from 'vitest'
import type { EngagedAgent } from '../../agents/engagement/facts'
import type { MemberId, MessageId } from '../../conversation/ids'
import { type Message, textPart } from '../../conversation/message'
import { rehearsalOf } from './rehearsing'

const agent = (id: string, mode: EngagedAgent['mode']): EngagedAgent => ({ id: id as MemberId, name: id, handle: id, kind: 'agent', mode })
const [parley, scout] = [agent('parley', 'always'), agent('scout', 'always')]

/** Five messages of one person that speak to nobody. */
const history = {
  newest: () =>
    Array.from({ length: 5 }, (_, at): Message => ({
      id: `message-${at}` as MessageId,
      role: 'user',
      parts: [textPart(`what about this, number ${at}?`, [])],
      metadata: { author: { id: 'ann' as MemberId, name: 'Ann', kind: 'person' }, seq: at + 1, version: at + 1, status: 'complete', createdAt: at * 1_000 },
    })),
}

const always = (roster: readonly EngagedAgent[], of: EngagedAgent) => rehearsalOf(history, roster, [], of).find(({ mode }) => mode === 'always')

test('[R175] the second in the order answers nothing there, and would everything as the first', () => {
  expect(always([parley, scout], scout)).toMatchObject({ answered: 0, elsewhere: [{ as: 'first', answered: 5 }] })
  expect(always([parley, scout], parley)).toMatchObject({ answered: 5, elsewhere: [{ as: 'last', answered: 0 }] })
})

test('[R175] where the order decides nothing, none is offered', () => {
  expect(always([scout], scout)).toMatchObject({ answered: 5, elsewhere: [] })
  for (const { mode, elsewhere } of rehearsalOf(history, [parley, scout], [], scout)) {
    expect(elsewhere.map(({ as }) => as)).toEqual(mode === 'auto' || mode === 'always' ? ['first'] : [])
  }
})
