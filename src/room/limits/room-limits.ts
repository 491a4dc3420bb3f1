// What a room lets one person, and everybody behind one address, take of its thread: by count and by size. Whoever takes
// too much is told how long to wait, or loses the socket they did it on; nobody else notices.
import type { Command } from '../../conversation/command'
import type { MemberId } from '../../conversation/ids'
import { refuse, type Refusal } from '../../conversation/refusal'
import { Buckets } from '../../limits/buckets'
import type { LimitSettings } from '../../limits/limit-settings'
import { costOfFrame, OF_ADDRESS, OF_PERSON } from '../../limits/limits'

/** Who asks. The address is null where none is known. */
export interface Asker {
  readonly person: MemberId
  readonly address: string | null
}

/**
 * Of all rooms of this isolate, so that many rooms are no more than one: exact at `npm start`, where there is one isolate;
 * on Cloudflare a bound for each. By the machine's clock, which they share.
 */
const frames = { person: new Buckets(OF_PERSON.frames), address: new Buckets(OF_ADDRESS.frames) }

export class RoomLimits {
  private readonly commands = new Buckets(OF_PERSON.commands)
  private readonly stops = new Buckets(OF_PERSON.stops)
  private readonly reading = { person: new Buckets(OF_PERSON.reading), address: new Buckets(OF_ADDRESS.reading) }

  private readonly settings: Pick<LimitSettings, 'addressLimits' | 'requestLimits'>

  constructor(settings: Pick<LimitSettings, 'addressLimits' | 'requestLimits'>) {
    this.settings = settings
  }

  /** Null when the command may be run. */
  refuseCommand(person: MemberId, type: Command['type'], now: number): Refusal | null {
    const wait = this.commands.take(person, now) || (type === 'stop' ? this.stops.take(person, now) : 0)
    return wait > 0 ? refuse('too_fast', 'That was too fast. Wait a moment and try again.', wait).refusal : null
  }

  /** False when that was a frame of this length too many. */
  takesFrame(asker: Asker, length: number): boolean {
    return this.keysOf(asker).every(([kind, key]) => frames[kind].take(key, Date.now(), costOfFrame(length)) === 0)
  }

  /** Counts what a frame turned out to cost beside its length. */
  charge(asker: Asker, cost: number): void {
    for (const [kind, key] of this.keysOf(asker)) frames[kind].charge(key, Date.now(), cost)
  }

  /** Null while one may read on. Asked before anything is read; what it took is counted afterwards. */
  refuseReading(asker: Asker, now: number): Refusal | null {
    if (!this.settings.requestLimits) return null
    const wait = Math.max(...this.keysOf(asker).map(([kind, key]) => this.reading[kind].wait(key, now)))
    return wait > 0 ? refuse('too_fast', 'You are reading very much at once. Wait a moment and try again.', wait).refusal : null
  }

  /** Counts so many characters or bytes that were read. */
  hasRead(asker: Asker, length: number, now: number): void {
    if (this.settings.requestLimits) for (const [kind, key] of this.keysOf(asker)) this.reading[kind].charge(key, now, length)
  }

  private keysOf({ person, address }: Asker): readonly (readonly ['person' | 'address', string])[] {
    return address === null || !this.settings.addressLimits
      ? [['person', person]]
      : [
          ['person', person],
          ['address', address],
        ]
  }
}
