// How many of the agents that were held back from a message fit on its one line: whole ones, so that nothing is cut without a word.
// Widths are guessed from characters, because a line that is measured first is drawn twice.
import type { HeldTold } from '../../conversation/engaged'
import { holdInWords } from './engaged-words'

export interface HeldLine {
  /** Those whom the same rule held back stand together. */
  readonly groups: readonly (readonly HeldTold[])[]
  /** How many are not on it. */
  readonly more: number
  /** Whether there is one agent only, and its words are longer than the line. */
  readonly isCut: boolean
}

/** At least the first. `most`: what a line holds, in characters of usual width. */
export function heldLine(held: readonly HeldTold[], most: number): HeldLine {
  const groups = grouped(held)
  if (widthOf(held) <= most) return { groups, more: 0, isCut: false }
  const ordered = groups.flat()
  let count = ordered.length - 1
  while (count > 1 && widthOf(ordered.slice(0, count)) > most - MORE) count -= 1
  const shown = ordered.slice(0, Math.max(1, count))
  return { groups: grouped(shown), more: ordered.length - shown.length, isCut: ordered.length === 1 }
}

export function grouped(held: readonly HeldTold[]): readonly (readonly HeldTold[])[] {
  return [...Map.groupBy(held, ({ hold }) => hold).values()]
}

function widthOf(held: readonly HeldTold[]): number {
  return grouped(held).reduce((width, agents) => {
    const names = agents.reduce((sum, { name }) => sum + 2 * cells(name) + ASK, 0)
    return width + names + cells(holdInWords(agents[0]?.hold ?? 'off')) + GAP
  }, 0)
}

/** Beside the two times that a name stands there: a comma and "Ask". */
const ASK = 7
/** A colon, and what keeps two groups apart. */
const GAP = 5
/** The button that says how many are left. */
const MORE = 13

/** Ideographs and pictures are as wide as two letters. */
function cells(text: string): number {
  return text.length + (text.match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/gu)?.length ?? 0)
}
