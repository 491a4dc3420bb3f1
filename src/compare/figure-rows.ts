// The figures in the order in which they are told: what each is called, what it means, and how it reads.
import type { Figures } from './figures'
import { bytesInWords, digits, msInWords, NOTHING_YET, ratioInWords } from './in-words'

export interface FigureRow {
  readonly name: string
  /** One short line for somebody who has never heard of it. */
  readonly meaning: string
  readonly words: (figures: Figures) => string
  /** What lanes are compared by; less is better. */
  readonly value: (figures: Figures) => number | null
}

export const RATIO: FigureRow = {
  name: 'Bytes per byte of text',
  meaning: '1.00× would be the bare words',
  words: ({ ratio }) => (ratio === null ? NOTHING_YET : ratioInWords(ratio)),
  value: ({ ratio }) => ratio,
}

const RECEIVED: FigureRow = {
  name: 'Received',
  meaning: 'everything this socket brought',
  words: ({ bytes }) => bytesInWords(bytes),
  value: ({ bytes }) => bytes,
}

const FRAMES: FigureRow = {
  name: 'Frames',
  meaning: 'pieces it came in',
  words: ({ frames }) => frames.toLocaleString('en'),
  value: ({ frames }) => frames,
}

const FIRST_TEXT: FigureRow = {
  name: 'First word after',
  meaning: 'from the press to text on the page',
  words: ({ firstText }) => (firstText === null ? NOTHING_YET : msInWords(firstText)),
  value: ({ firstText }) => firstText,
}

const WORK: FigureRow = {
  name: 'Script time',
  meaning: 'reading frames and rendering, in total',
  words: ({ work }) => msInWords(work),
  value: ({ work }) => work,
}

export const LAG: FigureRow = {
  name: 'Behind the fastest',
  meaning: 'per character: half of them, 99 of 100',
  words: ({ lag }) => (lag === null ? NOTHING_YET : `${digits(lag.p50)} / ${msInWords(lag.p99)}`),
  value: ({ lag }) => lag?.p99 ?? null,
}

/** What is told in one line each, of one lane or several. */
export const PLAIN_ROWS: readonly FigureRow[] = [RECEIVED, FRAMES, FIRST_TEXT, WORK]
