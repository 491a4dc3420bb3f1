// What a client shows once its store equals the room's: the window, older pages that still join on to it, and of open
// replies the words it had already. Text on the screen never shrinks [L5].
import { withNewerAmendments } from '../../conversation/amendment'
import { saidLength } from '../../conversation/event'
import type { Message } from '../../conversation/message'
import { PAGE_SIZE } from '../../conversation/page'
import { foldCatchUp, type Timeline } from '../../conversation/timeline'
import type { Hello } from './frames'
import type { Window } from './window'

export function caughtUp(timeline: Timeline, hello: Hello, window: Pick<Window, 'messages' | 'records'>): Timeline {
  const held = window.messages()
  const messages = reuseUnchanged(held, timeline.messages)
  const earlier = withOlder(timeline, hello)
  const hasEarlier = hello.hasEarlier || hasMovedOn(held, hello)
  return foldCatchUp(earlier, { kind: 'snapshot', snapshot: { ...hello, hasEarlier, messages, records: window.records() } })
}

/** The store was synchronized after the hello: by then its ring may have been written over what the hello called the first message. */
function hasMovedOn(window: readonly Message[], { first }: Hello): boolean {
  const oldest = window[0]?.metadata.seq
  return oldest !== undefined && (first === null ? window.length === PAGE_SIZE : oldest > first)
}

/** Rows that did not change stay the objects they were: they are not drawn again, and an open reply keeps its words. */
export function reuseUnchanged(messages: readonly Message[], known: readonly Message[]): readonly Message[] {
  const byId = new Map(known.map((message) => [message.id, message]))
  return messages.map((message) => {
    const old = byId.get(message.id)
    return old?.metadata.version === message.metadata.version && saidLength(old) >= saidLength(message) ? withNewerAmendments(old, message) : message
  })
}

function withOlder(timeline: Timeline, { older = [], ...hello }: Hello): Timeline {
  if (older === null) return { ...timeline, messages: [] }
  if (timeline.messages.length === 0) return timeline
  const { here, hereCount, now } = hello
  return foldCatchUp(timeline, { kind: 'rows', version: timeline.version, messages: older, records: [], here, hereCount, now })
}
