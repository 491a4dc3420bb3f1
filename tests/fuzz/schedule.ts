// What happens in one room, drawn from a seed: who is there in which lane, and what they do one after the other.
import { LANES, type LaneName } from '../../src/lanes/lanes'
import { Random } from './random'

/** `who` is a member's place in the order of joining; whoever is first owns the room. */
export type Step =
  | { readonly do: 'post'; readonly who: number; readonly text: string }
  | { readonly do: 'stop' | 'retry' | 'drop' | 'sleep' | 'wake' | 'earlier' | 'typing'; readonly who: number }
  | { readonly do: 'clear' }
  /** A notice is made, changed, or for null deleted. */
  | { readonly do: 'pin'; readonly id: string; readonly value: string | null }
  /** The `back`th newest message that somebody shows is amended. */
  | { readonly do: 'mark'; readonly who: number; readonly back: number; readonly value: string | null }
  /** `fromPage`: with what the page's HTML held; `late` looks before connecting, so that the page is old by then. */
  | { readonly do: 'join'; readonly lane: LaneName; readonly fromPage: boolean; readonly late: number }
  | { readonly do: 'rename'; readonly who: number; readonly name: string }
  /** Lets every answer go on that the model holds back. */
  | { readonly do: 'release' }
  /** Lets time pass: so many changes that anybody sees, or as many looks in vain. */
  | { readonly do: 'look'; readonly times: number }

export interface Schedule {
  readonly seed: number
  readonly lanes: readonly LaneName[]
  /** Messages that are there before anybody comes. */
  readonly past: number
  readonly steps: readonly Step[]
}

const MOST_MEMBERS = 5

export interface Odds {
  /** No step that asks HTTP for something: the server may be away at that moment. */
  readonly socketsOnly?: boolean
}

export function scheduleOf(seed: number, { socketsOnly = false }: Odds = {}): Schedule {
  const random = new Random(seed)
  const lanes = Array.from({ length: 2 + random.below(3) }, () => random.pick(LANES))
  const past = random.chance(0.15) ? 40 + random.below(75) : 0
  let members = lanes.length
  let posts = 0
  const steps: Step[] = []
  const drawn = (): Step => {
    const who = random.below(members)
    const chance = random.below(100)
    if (chance < 38) return { do: 'post', who, text: promptFrom(random, `${seed}.${++posts}`) }
    if (chance < 52) return { do: 'look', times: 1 + random.below(6) }
    if (chance < 59) return { do: 'stop', who }
    if (chance < 65) return { do: 'retry', who }
    if (chance < 73) return { do: 'drop', who }
    if (chance < 79) return { do: 'sleep', who }
    if (chance < 85) return { do: 'wake', who }
    if (chance < 90) return { do: 'release' }
    if (chance < 93) return { do: 'earlier', who }
    if (chance < 94) return { do: 'typing', who }
    if (chance < 95) return { do: 'clear' }
    if (chance < 96 && !socketsOnly) return { do: 'rename', who, name: `Name ${seed} ${random.below(100)}` }
    if (members === MOST_MEMBERS) return { do: 'look', times: 1 }
    members += 1
    return { do: 'join', lane: random.pick(LANES), fromPage: !socketsOnly && random.chance(0.7), late: random.below(6) }
  }
  for (let left = 6 + random.below(20); left > 0; left--) steps.push(drawn())
  return { seed, lanes, past, steps: socketsOnly ? steps : withNotices(seed, lanes.length, steps) }
}

/** Drawn apart, so that a seed means what it meant before there were notices. */
function withNotices(seed: number, members: number, steps: readonly Step[]): readonly Step[] {
  const random = new Random(seed ^ 0x13_13_13)
  const value = (at: number) => (random.chance(0.25) ? null : `${seed}.${at}`)
  return steps.flatMap((step, at): Step[] => {
    const chance = random.below(100)
    if (chance < 12) return [step, { do: 'pin', id: `n${random.below(4)}`, value: value(at) }]
    if (chance < 28) return [step, { do: 'mark', who: random.below(members), back: random.below(8) * random.below(8), value: value(at) }]
    return [step]
  })
}

/** Faults that a model gets over when it is asked again, and one that it does not. */
const FAULTS = ['500 times:1', 'cut times:1', 'unfinished times:1', 'error times:1', 'malformed times:1', 'empty times:1', 'hangup times:1', '503'] as const

/** In place of the speaker's own name. To begin with it makes the agents hold their tongues, while the speaker is there. */
export const MYSELF = '@myself'

/** What somebody says; unlike any other text in any room. */
export function promptFrom(random: Random, mark: string): string {
  const words = 3 + random.below(40)
  const chance = random.below(100)
  if (chance < 35) return `${MYSELF} aside ${mark}`
  if (chance < 55) return `[[words:${words} delay:${random.below(8)}]] ${mark}`
  if (chance < 70) return `[[words:${words} hold after:${1 + random.below(words - 1)}]] ${mark}`
  if (chance < 80) return `[[fault:${random.pick(FAULTS)}]] ${mark}`
  if (chance < 85) return `[[reasoning words:${words}]] ${mark}`
  return `Hello ${mark}`
}

/** As a person reads it. */
export function described({ seed, lanes, past, steps }: Schedule): string {
  const lines = steps.map(({ do: name, ...rest }, at) => `${String(at + 1).padStart(3)} ${name} ${Object.values(rest).join(' ')}`)
  return [`seed ${seed}: ${lanes.join(', ')}${past > 0 ? `, ${past} messages before` : ''}`, ...lines].join('\n')
}
