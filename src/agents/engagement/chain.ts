// How far agents may answer each other. A chain begins with one person's message (or "Ask"); every turn in it has a depth, the
// first replies 1. When it is too deep or too long the calls are kept, and a person may let it go on, for as much again.
// Nothing else starts the count anew, whatever was said or done in a turn.
import type { MemberId, MessageId } from '../../conversation/ids'

export const MAX_DEPTH = 4
export const MAX_TURNS = 12
/** Calls that wait for Continue, at most: no more are waited for in a room. Those beyond it are not made by Continue. */
const MOST_HELD = 100

/** A message of the chain calls an agent. */
export interface ChainCall {
  readonly agent: MemberId
  /** The message that calls it: an agent's finished text, or what began the chain. */
  readonly trigger: MessageId
  /** Who calls. */
  readonly by: MemberId
  /** How deep the turn would be: one more than the one that calls. */
  readonly depth: number
}

export interface Chain {
  /** The calls that became turns since it began, or since the last Continue, in order; at most MAX_TURNS. */
  readonly turns: readonly ChainCall[]
  /** What waits for a person to press Continue, in order. */
  readonly held: readonly ChainCall[]
  readonly mostDepth: number
}

export interface Admission {
  readonly chain: Chain
  /** The calls that become turns now. */
  readonly admitted: readonly ChainCall[]
  /** Those that are held back as `guarded`. */
  readonly held: readonly ChainCall[]
}

export const NEW_CHAIN: Chain = { turns: [], held: [], mostDepth: MAX_DEPTH }

/** Lets the calls of one message in as far as the chain goes. An agent that calls itself is not heard, nor one message that calls an agent twice. */
export function admit(chain: Chain, calls: readonly ChainCall[]): Admission {
  const turns = [...chain.turns]
  const held: ChainCall[] = []
  for (const call of calls) {
    if (call.by === call.agent || [...turns, ...chain.held, ...held].some((known) => isSame(known, call))) continue
    if (call.depth <= chain.mostDepth && turns.length < MAX_TURNS) turns.push(call)
    else held.push(call)
  }
  return { chain: { ...chain, turns, held: [...chain.held, ...held].slice(0, MOST_HELD) }, admitted: turns.slice(chain.turns.length), held }
}

/** Whether the room says that the chain has stopped, with Continue. */
export function isGuarded({ held }: Chain): boolean {
  return held.length > 0
}

/** Continue: as many turns again, and as deep again from where it stands. A chain that holds nothing is as it was. */
export function goOn(chain: Chain): Admission {
  if (chain.held.length === 0) return { chain, admitted: [], held: [] }
  const from = Math.min(...chain.held.map(({ depth }) => depth)) - 1
  return admit({ turns: [], held: [], mostDepth: Math.max(chain.mostDepth, from + MAX_DEPTH) }, chain.held)
}

function isSame(one: ChainCall, other: ChainCall): boolean {
  return one.agent === other.agent && one.trigger === other.trigger
}
