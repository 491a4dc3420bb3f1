// The name of the room in the window's title, and before it how many messages came that nobody has looked at.
import { useEffect, useState } from 'react'
import type { MemberId } from '../../conversation/ids'
import type { RowKey } from '../../conversation/room-client'
import { numeral } from '../basics/counted'

export interface PageTitleProps {
  readonly roomName: string
  readonly viewer: MemberId
  readonly rows: readonly RowKey[]
  /** The end of the list is on the screen. */
  readonly atEnd: boolean
}

export function PageTitle({ roomName, viewer, rows, atEnd }: PageTitleProps) {
  const hidden = useHidden()
  const last = rows.at(-1)?.seq ?? 0
  const [seen, setSeen] = useState(last)
  // What comes while one looks is counted at the list's own button; adjusted while rendering, as React advises for state that follows props.
  if (seen > last || (!hidden && atEnd && seen !== last)) setSeen(last)
  const [away, setAway] = useState(false)
  if (hidden && !away) setAway(true)
  if (away && !hidden && atEnd) setAway(false)
  const missed = away ? rows.filter((row) => row.seq > seen && row.message?.metadata.author.id !== viewer).length : 0
  return <title>{`${missed > 0 ? `(${numeral(missed)}) ` : ''}${roomName} · Parley`}</title>
}

/** Whether the tab is out of sight. */
function useHidden(): boolean {
  const [hidden, setHidden] = useState(false)
  useEffect(() => {
    const look = () => setHidden(document.visibilityState === 'hidden')
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return hidden
}
