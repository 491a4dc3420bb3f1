// A row that may stand in the page's HTML, so that React takes it over as it is: each by itself, in its own time, when what
// reads its words has come. Nothing but a change of its own message asks for it sooner.
import { Suspense, type ReactNode } from 'react'
import type { MessageId } from '../../conversation/ids'
import { StandingContext } from '../../ui/parts/standing'
import { standingOf } from './document-data'

export function RowInDocument({ id, children }: { readonly id: MessageId; readonly children: ReactNode }) {
  const standing = standingOf(id)
  if (standing === 'nowhere') return children
  // One that changes before it could be taken over is shown anew, in plain words for that long: nothing of it waits.
  return (
    <Suspense fallback={<StandingContext value="nowhere">{children}</StandingContext>}>
      <StandingContext value={standing}>{children}</StandingContext>
    </Suspense>
  )
}
