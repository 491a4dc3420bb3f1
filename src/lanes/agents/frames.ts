// What travels in the agents lane: JSON. One frame per tick holds that tick's events; growth is `[stream, offset, text]`,
// where a stream is a small number standing for one part of one open reply.
import type { RoomEvent } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import type { CatchUp, Page } from '../../conversation/page'
import type { Refusal } from '../../conversation/refusal'

/** Growth of a part. The first one of a stream also names the part: `[stream, offset, text, id, index]`. */
export type DeltaTuple =
  | readonly [stream: number, offset: number, text: string]
  | readonly [stream: number, offset: number, text: string, id: MessageId, index: number]

/** Which part a stream stands for, for those who were not there when it was named. */
export type StreamName = readonly [stream: number, id: MessageId, index: number]

/** An event of a tick. */
export type TickItem = DeltaTuple | Exclude<RoomEvent, { type: 'delta' }>

/** To every socket: the events of one tick, in order. Nearly every tick is one delta, and is then the tuple alone. */
export type TickFrame = DeltaTuple | readonly TickItem[]

/** To one socket. */
export type DirectFrame =
  | { readonly type: 'catch-up'; readonly catchUp: CatchUp; readonly streams: readonly StreamName[] }
  | { readonly type: 'page'; readonly before: number; readonly page: Page }
  | { readonly type: 'acknowledged'; readonly id: MessageId; readonly seq: number }
  | { readonly type: 'refused'; readonly id?: MessageId; readonly refusal: Refusal }

export type ServerFrame = TickFrame | DirectFrame

/** From a client, beside commands: what changed since a version, and the page before a seq. */
export type Question = { readonly type: 'since'; readonly version: number } | { readonly type: 'before'; readonly seq: number }

export function isDelta(item: TickItem | RoomEvent): item is DeltaTuple {
  return Array.isArray(item)
}

/** A tick's events, in either form. */
export function tickItems(frame: TickFrame): readonly TickItem[] {
  return isSingle(frame) ? [frame] : frame
}

function isSingle(frame: TickFrame): frame is DeltaTuple {
  return typeof frame[0] === 'number'
}
