// A row that may stand in the page's HTML, so that React takes it over as it is: each by itself, in its own time, when what
// reads its words has come. Nothing but a change of its own message asks for it sooner.
import { Suspense, type ReactNode } from 'react'
import type { MessageId } from '../../conversation/ids'
import { StandingContext } from '../../ui/parts/standing'
import { standingOf } from './document-data'

interface RowProps {
  readonly id: MessageId
  readonly children: ReactNode
  /** What is shown for as long as a piece of `children` is on its way: without it React would wait with all of the page, and with what is typed. */
  readonly meanwhile?: ReactNode
}

export function RowInDocument({ id, children, meanwhile }: RowProps) {
  const standing = standingOf(id)
  if (standing === 'nowhere') return waiting(children, meanwhile)
  // One that changes before it could be taken over is shown anew, in plain words for that long: nothing of it waits.
  return (
    <Suspense fallback={<StandingContext value="nowhere">{waiting(children, meanwhile)}</StandingContext>}>
      <StandingContext value={standing}>{children}</StandingContext>
    </Suspense>
  )
}

/** The server has every piece, and writes nothing of this into its HTML. */
function waiting(children: ReactNode, meanwhile: ReactNode): ReactNode {
  return meanwhile && typeof document !== 'undefined' ? <Suspense fallback={meanwhile}>{children}</Suspense> : children
}
