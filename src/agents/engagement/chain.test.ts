import { expect, test } from 'vitest'
import type { MemberId, MessageId } from '../../conversation/ids'
import { follow } from './follow'
import { admit, type Admission, type Chain, type ChainCall, goOn, isGuarded, MAX_DEPTH, MAX_TURNS, NEW_CHAIN } from './chain'

const call = (agent: string, depth: number, trigger = `${agent}-${depth}`, by = 'ann'): ChainCall => ({
  agent: agent as MemberId,
  trigger: trigger as MessageId,
  by: by as MemberId,
  depth,
})

/**
 * Plays a chain to its end: every turn, once it is finished, calls whom `mentions` says. `next`: what began it, or went on with it.
 * Answers the turns as "agent depth", in order.
 */
function play(next: Admission, mentions: (agent: string) => readonly string[]): { readonly turns: readonly string[]; readonly chain: Chain } {
  const turns: string[] = []
  const speaking = [...next.admitted]
  let { chain } = next
  for (let turn = speaking.shift(); turn; turn = speaking.shift()) {
    const { agent, depth } = turn
    turns.push(`${agent} ${depth}`)
    const admission = admit(
      chain,
      mentions(agent).map((other) => call(other, depth + 1, `${turn.trigger}/${agent}`, agent)),
    )
    chain = admission.chain
    speaking.push(...admission.admitted)
  }
  return { turns, chain }
}

const begun = (...agents: string[]) =>
  admit(
    NEW_CHAIN,
    agents.map((agent) => call(agent, 1, 'prompt')),
  )

const each =
  (...all: string[]) =>
  (agent: string) =>
    all.filter((other) => other !== agent)

test('[R122] two agents that thank each other stop at the fourth turn, and the room says so', () => {
  const thanks = play(begun('parley'), each('parley', 'scout'))
  expect(thanks.turns).toEqual(['parley 1', 'scout 2', 'parley 3', 'scout 4'])
  expect(isGuarded(thanks.chain)).toBe(true)
  expect(thanks.chain.held).toMatchObject([{ agent: 'parley', by: 'scout', depth: 5 }])
})

test('[R122] Continue lets it go on for as much again, each time', () => {
  const first = play(begun('parley'), each('parley', 'scout'))
  const second = play(goOn(first.chain), each('parley', 'scout'))
  expect(second.turns).toEqual(['parley 5', 'scout 6', 'parley 7', 'scout 8'])
  expect(isGuarded(second.chain)).toBe(true)
  expect(play(goOn(second.chain), each('parley', 'scout')).turns).toEqual(['parley 9', 'scout 10', 'parley 11', 'scout 12'])
})

test('[R122] three agents that each mention all the others stop at twelve turns', () => {
  const all = play(begun('a', 'b', 'c'), each('a', 'b', 'c'))
  expect(all.turns).toHaveLength(MAX_TURNS)
  expect(all.turns.filter((turn) => turn.endsWith(' 1'))).toHaveLength(3)
  expect(isGuarded(all.chain)).toBe(true)
  const more = play(goOn(all.chain), each('a', 'b', 'c'))
  expect(more.turns).toHaveLength(MAX_TURNS)
  expect(isGuarded(more.chain)).toBe(true)
})

test('[R122] twelve agents that all mention all stop at twelve turns, and what is kept of them is bounded, however often it goes on', () => {
  const names = Array.from({ length: 12 }, (_, at) => `agent-${at}`)
  let { turns, chain } = play(begun(...names), each(...names))
  for (let round = 0; round < 20; round++) {
    expect(turns).toHaveLength(MAX_TURNS)
    expect(chain.held.length).toBeLessThanOrEqual(100)
    expect(chain.turns.length).toBeLessThanOrEqual(MAX_TURNS)
    ;({ turns, chain } = play(goOn(chain), each(...names)))
  }
})

test.each([
  ['an agent that mentions itself', (_agent: string) => ['parley'], ['parley 1']],
  ['an agent that mentions nobody', () => [], ['parley 1']],
  ['an agent that mentions another twice', (agent: string) => (agent === 'parley' ? ['scout', 'scout'] : []), ['parley 1', 'scout 2']],
  ['a ring of three', (agent: string) => [{ parley: 'scout', scout: 'critic' }[agent] ?? 'parley'], ['parley 1', 'scout 2', 'critic 3', 'parley 4']],
  ['a pair after a pair', (agent: string) => (agent === 'parley' ? ['scout', 'critic'] : []), ['parley 1', 'scout 2', 'critic 2']],
])('[R122] %s', (_name, mentions, expected) => {
  expect(play(begun('parley'), mentions).turns).toEqual(expected)
})

test('[R122] one message calls an agent once, also when it is read again after a restart', () => {
  const first = admit(begun('parley').chain, [call('scout', 2, 'reply', 'parley')])
  const again = admit(first.chain, [call('scout', 2, 'reply', 'parley')])
  expect(again.admitted).toEqual([])
  expect(again.chain).toEqual(first.chain)
  const guarded = admit(NEW_CHAIN, [call('scout', MAX_DEPTH + 1, 'reply', 'parley')])
  expect(admit(guarded.chain, [call('scout', MAX_DEPTH + 1, 'reply', 'parley')])).toMatchObject({ admitted: [], held: [] })
  // Another message of the same agent is another call.
  expect(admit(first.chain, [call('scout', 2, 'another reply', 'parley')]).admitted).toHaveLength(1)
})

test('[R122] Continue where nothing is held changes nothing', () => {
  const { chain } = begun('parley')
  expect(goOn(chain)).toEqual({ chain, admitted: [], held: [] })
})

test('[R122] a chain that stopped for its turns goes on from where it stands, four deeper', () => {
  const wide = admit(
    NEW_CHAIN,
    Array.from('abcdefghijkl').map((agent) => call(agent, 1, 'prompt')),
  )
  const stopped = admit(wide.chain, [call('a', 2, 'reply', 'b')])
  expect(stopped.held).toHaveLength(1)
  const on = play(goOn(stopped.chain), each('a', 'b'))
  expect(on.turns).toEqual(['a 2', 'b 3', 'a 4', 'b 5'])
})

test('[R122] a person begins a chain anew', () => {
  const stopped = play(begun('parley'), each('parley', 'scout')).chain
  expect(isGuarded(stopped)).toBe(true)
  expect(play(begun('parley'), each('parley', 'scout')).turns).toHaveLength(4)
})

test('[R122] the message says which agents the guard holds back from it', () => {
  const stopped = play(begun('parley'), each('parley', 'scout'))
  const decisions = [
    { agent: 'scout' as MemberId, answers: true, why: { rule: 'agent-mention', by: 'parley' as MemberId } },
    { agent: 'critic' as MemberId, answers: false, hold: 'not-addressed' },
  ] as const
  const deep = follow(decisions, stopped.chain, 'reply' as MessageId, MAX_DEPTH)
  expect(deep.turns).toEqual([])
  expect(deep.decisions).toEqual([{ agent: 'scout', answers: false, hold: 'guarded' }, decisions[1]])
  const first = follow(decisions, NEW_CHAIN, 'reply' as MessageId, 1)
  expect(first).toMatchObject({ decisions, turns: [decisions[0]], chain: { turns: [{ agent: 'scout', trigger: 'reply', by: 'parley', depth: 2 }] } })
})
