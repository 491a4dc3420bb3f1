// Both ends of the streams of growth. The room numbers a part at its first delta and forgets it when its reply settles;
// a client remembers what each number stands for.
import type { Delta, RoomEvent } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import { isDelta, tickItems, type DeltaTuple, type PlainEvent, type StreamName, type TickFrame, type Typed } from './delta-frames'

export class DeltaEncoder {
  private readonly byPart = new Map<string, StreamName>()
  private next = 0
  /** The stream that grew last; null when not everybody knows which. */
  private last: number | null = null

  /** For somebody who comes now. What grows next says its number again. */
  names(): readonly StreamName[] {
    this.last = null
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
    const stream = this.byPart.get(part)?.[0]
    if (stream !== undefined && stream === this.last) return [offset, text]
    this.last = stream ?? this.next++
    if (stream !== undefined) return [stream, offset, text]
    this.byPart.set(part, [this.last, id, index])
    return [this.last, offset, text, id, index]
  }

  private forget(gone: (id: MessageId) => boolean): void {
    for (const [part, name] of this.byPart) if (gone(name[1])) this.byPart.delete(part)
  }
}

export class DeltaDecoder {
  private readonly byStream = new Map<number, StreamName>()
  private last: number | null = null

  /** These are all that the room will not name again. */
  adopt(names: readonly StreamName[]): void {
    this.byStream.clear()
    this.last = null
    for (const name of names) this.byStream.set(name[0], name)
  }

  /** What happened in a tick; null for growth of a stream that was never named to us. All of it is read, whatever is made of it. */
  decode<Item extends Typed>(frame: TickFrame<Item>): readonly (Delta | Item | null)[] {
    return tickItems(frame).map((item) => (isDelta(item) ? this.decodeDelta(item) : item))
  }

  private decodeDelta(tuple: DeltaTuple): Delta | null {
    if (tuple.length === 2) return this.growth(this.last, ...tuple)
    const [stream, offset, text, id, index] = tuple
    if (id !== undefined && index !== undefined) this.byStream.set(stream, [stream, id, index])
    this.last = stream
    return this.growth(stream, offset, text)
  }

  private growth(stream: number | null, offset: number, text: string): Delta | null {
    const name = stream === null ? undefined : this.byStream.get(stream)
    return name ? { type: 'delta', id: name[1], index: name[2], offset, text } : null
  }
}
