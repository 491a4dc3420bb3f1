// What somebody has typed and not sent, and what it replies to, kept per person, room and tab: it survives a reload, a refusal, a lost
// connection and the end of the tab, and nothing that happens in another tab changes it.
import { useCallback, useEffect, useState, type RefObject } from 'react'
import type { MemberId, RoomId } from '../../conversation/ids'
import { keep, type Keeper, keysKept, kept, removeKept } from '../basics/storage'
import { useRoomState } from '../frame/room-state'
import { isGone, parseTarget, type ReplyTarget } from './reply-target'

/** Drafts that tabs of one room have left behind, at most; the oldest goes first. */
const MAX_LEFT = 8

export interface Draft {
  readonly text: string
  readonly setText: (text: string) => void
  /** Null also when the room has that message no more. */
  readonly replying: ReplyTarget | null
  readonly setReplying: (target: ReplyTarget | null) => void
}

/** `box` may hold text typed before scripts ran; that text wins over the kept one. */
export function useDraft(viewer: MemberId, room: RoomId, box: RefObject<HTMLTextAreaElement | null>): Draft {
  const key = `parley:draft:${viewer}:${room}`
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<ReplyTarget | null>(null)
  const gone = useRoomState((state) => chosen !== null && isGone(chosen, state), false)

  useEffect(() => {
    const found = takeUp(key)
    const first = box.current?.value || found
    if (first !== found) keep('session', key, first)
    // oxlint-disable-next-line react/set-state-in-effect -- what the browser keeps is not known before hydration
    setText(first)
    setChosen(parseTarget(kept('session', replyOf(key))))
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
  const choose = useCallback(
    (target: ReplyTarget | null) => {
      setChosen(target)
      if (target) keep('session', replyOf(key), JSON.stringify(target))
      else removeKept('session', replyOf(key))
    },
    [key],
  )
  useEffect(() => {
    if (gone) removeKept('session', replyOf(key))
  }, [gone, key])
  return { text, setText: change, replying: gone ? null : chosen, setReplying: choose }
}

/** What a draft replies to lies beside it: `parley:draft:…` is words and nothing else, as older releases have it. */
function replyOf(draft: string): string {
  return draft.replace('parley:draft:', 'parley:reply:')
}

/** This tab's draft; or else the newest that a tab which is gone has left behind, which is this tab's from now on. */
function takeUp(key: string): string {
  const own = kept('session', key)
  const left = kept('session', `${key}:left`)
  removeKept('session', `${key}:left`)
  if (left !== null) removeDraft('local', left)
  if (own !== null || kept('session', replyOf(key)) !== null) return own ?? ''
  const newest = leftBehind(key).at(-1)
  const found = newest === undefined ? null : kept('local', newest)
  if (newest === undefined || found === null) return ''
  const reply = kept('local', replyOf(newest))
  removeDraft('local', newest)
  keep('session', key, found)
  if (reply !== null) keep('session', replyOf(key), reply)
  return found
}

/** A tab is left: whether it comes back, nobody knows. */
function leaveBehind(key: string): void {
  const text = kept('session', key)
  if (text === null) return
  const place = `${key}:${Date.now()}-${Math.random().toString(36).slice(2)}`
  const reply = kept('session', replyOf(key))
  keep('local', place, text)
  if (reply !== null) keep('local', replyOf(place), reply)
  keep('session', `${key}:left`, place)
  for (const oldest of leftBehind(key).slice(0, -MAX_LEFT)) removeDraft('local', oldest)
}

function removeDraft(keeper: Keeper, name: string): void {
  removeKept(keeper, name)
  removeKept(keeper, replyOf(name))
}

/** Oldest first; before them the one draft per room that older releases kept. */
function leftBehind(key: string): readonly string[] {
  return keysKept('local')
    .filter((name) => name === key || name.startsWith(`${key}:`))
    .sort()
}
