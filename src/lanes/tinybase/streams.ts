// Small numbers for the parts that grow, given at a part's first delta and forgotten when its reply settles.
import type { Delta } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import type { DeltaTuple, StreamName } from './frames'

export class Streams {
  private readonly byPart = new Map<string, StreamName>()
  private next = 0

  names(): readonly StreamName[] {
    return [...this.byPart.values()]
  }

  encode({ id, index, offset, text }: Delta): DeltaTuple {
    const part = `${id} ${index}`
    const known = this.byPart.get(part)
    if (known) return [known[0], offset, text]
    const stream = this.next++
    this.byPart.set(part, [stream, id, index])
    return [stream, offset, text, id, index]
  }

  forget(id: MessageId): void {
    for (const [part, name] of this.byPart) if (name[1] === id) this.byPart.delete(part)
  }

  /** Forgets all but the parts of these; a reply may have settled while nobody was there to be told. */
  keepOnly(ids: readonly MessageId[]): void {
    for (const [part, name] of this.byPart) if (!ids.includes(name[1])) this.byPart.delete(part)
  }
}
