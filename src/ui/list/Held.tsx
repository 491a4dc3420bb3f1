'use client'
// What held agents back from a message, and a button for each that asks it: on one line as many as fit, and the others behind a button.
// It needs scripts and may stand under every message, so that a page's HTML says no more of it than that it is there [R50]; room.css
// keeps its line free until scripts draw it.
import { Fragment, useState } from 'react'
import type { HeldTold } from '../../conversation/engaged'
import type { MessageId } from '../../conversation/ids'
import { LineButton } from '../basics/LineButton'
import { useHydrated } from '../frame/hydrated'
import { AskButton } from './AskButton'
import { holdInWords } from './engaged-words'
import { grouped, heldLine } from './held-line'
import { useLineLength } from './line-length'

interface HeldProps {
  readonly id: MessageId
  readonly held: readonly HeldTold[]
}

export function Held(props: HeldProps) {
  return useHydrated() ? <HeldLine {...props} /> : null
}

/** As scripts draw it. */
export function HeldLine({ id, held }: HeldProps) {
  const [isOpen, setOpen] = useState(false)
  const line = heldLine(held, useLineLength())
  const hasMore = line.more > 0 || line.isCut
  return (
    <ul data-part="held" aria-label="Who did not answer" {...(isOpen && hasMore ? { 'data-open': '' } : {})}>
      {(isOpen ? grouped(held) : line.groups).map((agents) => (
        <li key={agents[0]?.agent}>
          <span>
            {agents.map(({ agent, name }, at) => (
              <Fragment key={agent}>
                {at === 0 ? null : ', '}
                <bdi>{name}</bdi>
              </Fragment>
            ))}
            {agents[0] ? `: ${holdInWords(agents[0].hold)}` : null}
          </span>
          {agents.map(({ agent, name }) => (
            <AskButton key={agent} id={id} agent={agent} name={name} />
          ))}
        </li>
      ))}
      {hasMore ? (
        <li key="more">
          <LineButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Less' : line.more > 0 ? `and ${line.more} more` : 'More'}
          </LineButton>
        </li>
      ) : null}
    </ul>
  )
}
