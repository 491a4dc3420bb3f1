'use client'
// What the measurement says, in a sentence; read aloud when it changes its phase.
import { isolated } from '../ui/basics/language'
import { useReading } from './comparison-context'
import { WORDS, type Phase, type Reading } from './comparison'
import { bytesInWords, ratioInWords, secondsInWords } from './in-words'
import { LANE_FACTS } from './lane-facts'

export function Outcome() {
  const reading = useReading()
  return (
    <p role="status" aria-label="Outcome" className={`mt-0.5 max-md:min-h-[3lh] text-[0.9375rem] leading-snug text-pretty ${LOOK[reading.phase]}`}>
      {sentence(reading)}
    </p>
  )
}

const LOOK: Readonly<Record<Phase, string>> = { idle: 'text-muted', running: 'text-muted', done: 'text-ink', failed: 'text-danger' }

function sentence({ phase, trouble, replies, lanes }: Reading): string {
  switch (phase) {
    case 'idle':
      return `The same conversation, live, three ways. Press the button, and ${WORDS} words stream to all three at once.`
    case 'running':
      return `${replies === 1 ? 'One reply' : 'Three replies at once'}, streaming to all three. Same words, same moment; what differs is what it takes to bring them here.`
    case 'failed':
      return `No result: ${trouble ?? 'the reply broke off.'}`
    case 'done':
      return verdict(lanes)
    default:
      return phase satisfies never
  }
}

function verdict(lanes: Reading['lanes']): string {
  const text = lanes[0]?.text.at(-1)
  const leanest = lanes.toSorted((a, b) => (a.figures.ratio ?? Infinity) - (b.figures.ratio ?? Infinity))[0]
  if (!text || leanest?.figures.ratio == null) return 'The reply held no text.'
  return `${isolated(bytesInWords(text[1]))} of text, in ${isolated(secondsInWords(text[0]))}, to all three at once. ${LANE_FACTS[leanest.lane].label} took the fewest bytes: ${isolated(ratioInWords(leanest.figures.ratio))} the size of the text.`
}
