'use client'
// What held agents back from a message, and a button for each that asks it. It needs scripts and may stand under every message, so
// that a page's HTML says no more of it than that it is there [R50]; room.css keeps its line free until scripts draw it.
import type { HeldTold } from '../../conversation/engaged'
import type { MessageId } from '../../conversation/ids'
import { useHydrated } from '../frame/hydrated'
import { AskButton } from './AskButton'
import { holdInWords } from './engaged-words'

interface HeldProps {
  readonly id: MessageId
  readonly held: readonly HeldTold[]
}

export function Held({ id, held }: HeldProps) {
  return useHydrated() ? <HeldLine id={id} held={held} /> : null
}

/** As scripts draw it: those whom the same rule held back stand together. */
export function HeldLine({ id, held }: HeldProps) {
  const byHold = Map.groupBy(held, ({ hold }) => hold)
  return (
    <ul data-part="held" aria-label="Who did not answer">
      {[...byHold].map(([hold, agents]) => (
        <li key={hold}>
          <span>
            {agents.map(({ name }) => name).join(', ')}: {holdInWords(hold)}
          </span>
          {agents.map(({ agent, name }) => (
            <AskButton key={agent} id={id} agent={agent} name={name} />
          ))}
        </li>
      ))}
    </ul>
  )
}
