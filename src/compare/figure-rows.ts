// The figures in the order in which they are told: what each is called, what it means, and how it reads.
import { numeral } from '../ui/basics/counted'
import type { Figures } from './figures'
import { bytesInWords, msInWords, NOTHING_YET, ratioInWords, twoTimesInWords } from './in-words'

export interface FigureRow {
  readonly name: string
  /** One short line for somebody who has never heard of it. */
  readonly meaning: string
  /** Before anything was measured the same in every language, as the server rendered it. */
  readonly words: (figures: Figures) => string
  /** What lanes are compared by; less is better. */
  readonly value: (figures: Figures) => number | null
  /** Within this share of the best, lanes are as good as each other: another run would turn them round. */
  readonly alike: number
}

/** Bytes are the same in every run, but for who comes and goes meanwhile. */
const COUNTED = 0.02
/** Times are not: the machine does other things, and the pane whose frame comes first finds the page asleep. */
const TIMED = 0.25

export const RATIO: FigureRow = {
  name: 'Size on the wire',
  meaning: 'as a multiple of the bare text',
  words: ({ ratio }) => (ratio === null ? NOTHING_YET : ratioInWords(ratio)),
  value: ({ ratio }) => ratio,
  alike: COUNTED,
}

const RECEIVED: FigureRow = {
  name: 'Received',
  meaning: 'all that this socket brought',
  words: ({ bytes }) => (bytes === 0 ? NOTHING_YET : bytesInWords(bytes)),
  value: ({ bytes }) => bytes,
  alike: COUNTED,
}

const FRAMES: FigureRow = {
  name: 'Frames',
  meaning: 'the pieces it came in',
  words: ({ frames }) => (frames === 0 ? NOTHING_YET : numeral(frames)),
  value: ({ frames }) => frames,
  alike: COUNTED,
}

const FIRST_TEXT: FigureRow = {
  name: 'First word',
  meaning: 'after the press of the button',
  words: ({ firstText }) => (firstText === null ? NOTHING_YET : msInWords(firstText)),
  value: ({ firstText }) => firstText,
  alike: TIMED,
}

const WORK: FigureRow = {
  name: 'Script time',
  meaning: 'reading frames and rendering',
  words: ({ work }) => (work === 0 ? NOTHING_YET : msInWords(work)),
  value: ({ work }) => work,
  alike: TIMED,
}

export const LAG: FigureRow = {
  name: 'Behind the fastest',
  meaning: 'typical / slowest 1 % of the text',
  words: ({ lag }) => (lag === null ? NOTHING_YET : twoTimesInWords(lag.p50, lag.p99)),
  value: ({ lag }) => lag?.p50 ?? null,
  alike: TIMED,
}

/** What is told in one line each, of one lane or several. */
export const PLAIN_ROWS: readonly FigureRow[] = [RECEIVED, FRAMES, FIRST_TEXT, WORK]
