'use client'
// The place of what may be done with a call that waits: fetched by whoever may do it, when there is something to do.
import { useEffect, useState } from 'react'
import type { Approval } from '../../conversation/approval'
import type { RoomActions } from '../frame/room-actions'

export interface DecisionProps extends Pick<RoomActions, 'decide'> {
  readonly id: string
  readonly card: Approval
  readonly mayDecide: boolean
  /** Others have to approve, too: they may still deny. */
  readonly hasApproved: boolean
  readonly mayAlways: boolean
}

type Loaded = (typeof import('./Decision'))['Decision']

export function DecisionSlot(props: DecisionProps) {
  const [loaded, setLoaded] = useState<{ readonly Decision: Loaded } | null>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let isHere = true
    import('./Decision')
      .then(({ Decision }) => {
        if (isHere) setLoaded({ Decision })
      })
      // Offline, or a deploy has replaced the file: the next try may find it.
      .catch(() => setTimeout(() => isHere && setTries(tries + 1), 2_000 * (tries + 1)))
    return () => {
      isHere = false
    }
  }, [tries])
  return loaded ? <loaded.Decision {...props} /> : null
}
