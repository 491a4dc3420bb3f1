'use client'
// What the measurement says, in a sentence; read aloud when it changes its phase.
import { useReading } from './comparison-context'
import { WORDS, type Reading } from './comparison'
import { bytesInWords, digits, ratioInWords } from './in-words'
import { LANE_FACTS } from './lane-facts'

export function Outcome() {
  const reading = useReading()
  return (
    <p role="status" aria-label="Outcome" className={`text-sm leading-snug ${reading.phase === 'failed' ? 'text-danger' : 'text-ink'}`}>
      {sentence(reading)}
    </p>
  )
}

function sentence({ phase, trouble, lanes }: Reading): string {
  switch (phase) {
    case 'idle':
      return `Press the button: an agent says ${WORDS} words, and they stream to all three at once.`
    case 'running':
      return 'Streaming to all three …'
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
  return `${bytesInWords(text[1])} of text in ${digits(text[0] / 1_000)} s. ${LANE_FACTS[leanest.lane].label} was the leanest, at ${ratioInWords(leanest.figures.ratio)} its size.`
}
