// What somebody has typed and not sent, kept per person, room and tab: it survives a reload, a refusal, a lost connection and
// the end of the tab, and nothing that happens in another tab changes it.
import { useCallback, useEffect, useState, type RefObject } from 'react'
import type { MemberId, RoomId } from '../../conversation/ids'
import { removeKept, keep, keysKept, kept } from '../basics/storage'

/** Drafts that tabs of one room have left behind, at most; the oldest goes first. */
const MAX_LEFT = 8

/** The draft and how to change it. `box` may hold text typed before scripts ran; that text wins over the kept one. */
export function useDraft(viewer: MemberId, room: RoomId, box: RefObject<HTMLTextAreaElement | null>): readonly [string, (text: string) => void] {
  const key = `parley:draft:${viewer}:${room}`
  const [text, setText] = useState('')

  useEffect(() => {
    const found = takeUp(key)
    const first = box.current?.value || found
    if (first !== found) keep('session', key, first)
    // oxlint-disable-next-line react/set-state-in-effect -- what the browser keeps is not known before hydration
    setText(first)
    const leave = () => leaveBehind(key)
    const comeBack = (event: PageTransitionEvent) => event.persisted && takeUp(key)
    addEventListener('pagehide', leave)
    addEventListener('pageshow', comeBack)
    return () => {
      removeEventListener('pagehide', leave)
      removeEventListener('pageshow', comeBack)
    }
  }, [key, box])

  const change = useCallback(
    (next: string) => {
      setText(next)
      if (next === '') removeKept('session', key)
      else keep('session', key, next)
    },
    [key],
  )
  return [text, change]
}

/** This tab's draft; or else the newest that a tab which is gone has left behind, which is this tab's from now on. */
function takeUp(key: string): string {
  const own = kept('session', key)
  const left = kept('session', `${key}:left`)
  removeKept('session', `${key}:left`)
  if (left !== null) removeKept('local', left)
  if (own !== null) return own
  const newest = leftBehind(key).at(-1)
  const found = newest === undefined ? null : kept('local', newest)
  if (newest === undefined || found === null) return ''
  removeKept('local', newest)
  keep('session', key, found)
  return found
}

/** A tab is left: whether it comes back, nobody knows. */
function leaveBehind(key: string): void {
  const text = kept('session', key)
  if (text === null) return
  const place = `${key}:${Date.now()}-${Math.random().toString(36).slice(2)}`
  keep('local', place, text)
  keep('session', `${key}:left`, place)
  for (const oldest of leftBehind(key).slice(0, -MAX_LEFT)) removeKept('local', oldest)
}

/** Oldest first; before them the one draft per room that older releases kept. */
function leftBehind(key: string): readonly string[] {
  return keysKept('local')
    .filter((name) => name === key || name.startsWith(`${key}:`))
    .sort()
}
