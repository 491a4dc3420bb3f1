// What somebody has typed and not sent, kept per person and room: it survives a reload, a refusal and a lost connection.
import { useCallback, useEffect, useState, type RefObject } from 'react'
import type { MemberId, RoomId } from '../../conversation/ids'

/** The draft and how to change it. `box` may hold text typed before scripts ran; that text wins over the kept one. */
export function useDraft(viewer: MemberId, room: RoomId, box: RefObject<HTMLTextAreaElement | null>): readonly [string, (text: string) => void] {
  const key = `parley:draft:${viewer}:${room}`
  const [text, setText] = useState('')

  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- what the browser keeps is not known before hydration
    setText(box.current?.value || read(key))
  }, [key, box])

  const change = useCallback(
    (next: string) => {
      setText(next)
      keep(key, next)
    },
    [key],
  )
  return [text, change]
}

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    // Storage is switched off: the draft lives in this tab only.
    return ''
  }
}

function keep(key: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // Storage is off or full: the draft lives in this tab only.
  }
}
