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

/** To every socket: the events of one tick, in order. */
export type TickFrame = readonly (DeltaTuple | Exclude<RoomEvent, { type: 'delta' }>)[]

/** To one socket. */
export type DirectFrame =
  | { readonly type: 'catch-up'; readonly catchUp: CatchUp; readonly streams: readonly StreamName[] }
  | { readonly type: 'page'; readonly before: number; readonly page: Page }
  | { readonly type: 'acknowledged'; readonly id: MessageId; readonly seq: number }
  | { readonly type: 'refused'; readonly id?: MessageId; readonly refusal: Refusal }

export type ServerFrame = TickFrame | DirectFrame

/** From a client, beside commands: what changed since a version, and the page before a seq. */
export type Question = { readonly type: 'since'; readonly version: number } | { readonly type: 'before'; readonly seq: number }
