// Both ends of the streams of growth. The room numbers a part at its first delta and forgets it when its reply settles;
// a client remembers what each number stands for.
import type { Delta, RoomEvent } from '../conversation/event'
import type { MessageId } from '../conversation/ids'
import { isDelta, tickItems, type DeltaTuple, type PlainEvent, type StreamName, type TickFrame, type Typed } from './delta-frames'

export class DeltaEncoder {
  private readonly byPart = new Map<string, StreamName>()
  private next = 0

  names(): readonly StreamName[] {
    return [...this.byPart.values()]
  }

  encode(event: RoomEvent): DeltaTuple | PlainEvent {
    if (event.type === 'delta') return this.encodeDelta(event)
    if (event.type === 'settled') this.forget((id) => id === event.id)
    if (event.type === 'message') this.forget((id) => id === event.message.id)
    if (event.type === 'cleared') this.keepOnly([])
    return event
  }

  /** Forgets all but the parts of these; a reply may have settled while nobody was there to be told. */
  keepOnly(ids: readonly MessageId[]): void {
    this.forget((id) => !ids.includes(id))
  }

  private encodeDelta({ id, index, offset, text }: Delta): DeltaTuple {
    const part = `${id} ${index}`
    const known = this.byPart.get(part)
    if (known) return [known[0], offset, text]
    const stream = this.next++
    this.byPart.set(part, [stream, id, index])
    return [stream, offset, text, id, index]
  }

  private forget(gone: (id: MessageId) => boolean): void {
    for (const [part, name] of this.byPart) if (gone(name[1])) this.byPart.delete(part)
  }
}

export class DeltaDecoder {
  private readonly byStream = new Map<number, StreamName>()

  /** These are all that the room will not name again. */
  adopt(names: readonly StreamName[]): void {
    this.byStream.clear()
    for (const name of names) this.byStream.set(name[0], name)
  }

  /** What happened in a tick, one at a time; null for growth of a stream that was never named to us. */
  *decode<Item extends Typed>(frame: TickFrame<Item>): Generator<Delta | Item | null> {
    for (const item of tickItems(frame)) yield isDelta(item) ? this.decodeDelta(item) : item
  }

  private decodeDelta([stream, offset, text, id, index]: DeltaTuple): Delta | null {
    if (id !== undefined && index !== undefined) this.byStream.set(stream, [stream, id, index])
    const name = this.byStream.get(stream)
    return name ? { type: 'delta', id: name[1], index: name[2], offset, text } : null
  }
}
