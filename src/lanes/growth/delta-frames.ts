// Growth as it travels, `[stream, offset, text]`: a stream is a small number standing for one part of one open reply, and
// is left out when it is the one that grew before.
import type { Delta, RoomEvent } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'

/** Growth of a part. The first one of a stream also names the part. */
export type DeltaTuple =
  | readonly [offset: number, text: string]
  | readonly [stream: number, offset: number, text: string]
  | readonly [stream: number, offset: number, text: string, id: MessageId, index: number]

/** Which part a stream stands for, for those who were not there when it was named. */
export type StreamName = readonly [stream: number, id: MessageId, index: number]

/** All that happens but growth travels as it is. */
export type PlainEvent = Exclude<RoomEvent, Delta>

/** To every socket: what happened in one tick, in order. Nearly every tick is one delta, and is then the tuple alone. */
export type TickFrame<Item> = DeltaTuple | readonly (DeltaTuple | Item)[]

/** Whatever travels that is no tuple says what it is. */
export interface Typed {
  readonly type: string
}

export function tickFrame<Item extends Typed>(items: readonly (DeltaTuple | Item)[]): TickFrame<Item> {
  const [first] = items
  return items.length === 1 && first && isDelta(first) ? first : items
}

/** What is no tick is for one socket. */
export function isTick<Item>(frame: TickFrame<Item> | Typed): frame is TickFrame<Item> {
  return Array.isArray(frame)
}

/** A tick's items, in either form. */
export function tickItems<Item>(frame: TickFrame<Item>): readonly (DeltaTuple | Item)[] {
  return isAlone(frame) ? [frame] : frame
}

export function isDelta(item: DeltaTuple | Typed): item is DeltaTuple {
  return Array.isArray(item)
}

function isAlone<Item>(frame: TickFrame<Item>): frame is DeltaTuple {
  return typeof frame[0] === 'number'
}
