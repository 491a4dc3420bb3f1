// From which network each person last asked something of this room: what they asked for is counted there, also when it is
// done later. Bounded: whoever was not heard of longest is forgotten first.
import type { MemberId } from '../../conversation/ids'

/** More than have a socket here. */
const MAX_PEOPLE = 4_000

export class Whereabouts {
  private readonly known = new Map<MemberId, string | null>()

  note(person: MemberId, address: string | null): void {
    this.known.delete(person)
    this.known.set(person, address)
    const [oldest] = this.known.keys()
    if (this.known.size > MAX_PEOPLE && oldest !== undefined) this.known.delete(oldest)
  }

  /** Null where it is not known. */
  of(person: MemberId): string | null {
    return this.known.get(person) ?? null
  }
}
