// How much people may still post today, and whether this room can hold more. A post is decided in one step, and the ledger
// is elsewhere: so the room keeps what it heard, counts down by itself, and reports in batches what was posted.
import type { MemberId } from '../../conversation/ids'
import { refuse, type Refusal } from '../../conversation/refusal'
import { MAX_ROOM_BYTES } from '../../limits/limits'
import { postedInWords, type PostedBytes, type PostsLeft } from '../../limits/posted'

/** People remembered, at most: more than have a socket here. */
const MAX_PEOPLE = 4_000
/** What is reported at once, bytes: two of the longest posts. */
const REPORT_AT = 64 * 1024
/** What is less is reported so long after it was posted, ms: well before a quiet room sleeps and forgets it. */
const REPORT_AFTER_MS = 2_000

/** What a message takes beside its text: its row, its id, which stays taken. */
const BYTES_PER_POST = 500
/** What an answer is counted as for whoever asked: few are longer, and a model's own budget bounds those. */
const BYTES_PER_ANSWER = 4_096

const FULL = 'This room holds as much as a room can. Its owner can clear it; or go on in a new room.'

const encoder = new TextEncoder()

/** What a room keeps of a post and the answers that it asks for, bytes. */
export function bytesOfPost(text: string, answers: number): number {
  return encoder.encode(JSON.stringify(text)).byteLength + BYTES_PER_POST + answers * BYTES_PER_ANSWER
}

export interface PostSpacePort {
  /** False where nothing is counted. */
  isCounting(): boolean
  /** What this room's database holds, bytes. */
  size(): number
  /** Tells the ledger; answers what each of them has left, in their order, or null when it cannot be told. */
  report(posted: readonly PostedBytes[]): Promise<readonly PostsLeft[] | null>
  /** Lets this go on when the request that began it has ended. */
  keep(work: Promise<void>): void
}

export class PostSpace {
  private readonly left = new Map<MemberId, PostsLeft>()
  private readonly unreported = new Map<MemberId, PostedBytes>()
  private unreportedBytes = 0
  private isReporting = false
  private isWaiting = false
  private readonly port: PostSpacePort

  constructor(port: PostSpacePort) {
    this.port = port
  }

  /** What the ledger said. What was not reported when it did is taken off. */
  learn(person: MemberId, left: PostsLeft): void {
    this.set(person, { ...left, bytes: left.bytes - (this.unreported.get(person)?.bytes ?? 0) })
  }

  knows(person: MemberId): boolean {
    return !this.port.isCounting() || this.left.has(person)
  }

  /** Null when so much more may be kept. Refuses: room_full, too_fast. */
  refuse(person: MemberId, bytes: number, now: number): Refusal | null {
    if (this.port.size() >= MAX_ROOM_BYTES) return refuse('room_full', FULL).refusal
    const left = this.left.get(person)
    if (!this.port.isCounting() || !left || now >= left.resetsAt || left.bytes >= bytes) return null
    return refuse('too_fast', postedInWords(left.of), left.resetsAt - now).refusal
  }

  /** Counts what was posted. */
  use(person: MemberId, address: string | null, bytes: number): void {
    if (!this.port.isCounting()) return
    const left = this.left.get(person)
    if (left) this.set(person, { ...left, bytes: left.bytes - bytes })
    this.unreported.set(person, { person, address, bytes: (this.unreported.get(person)?.bytes ?? 0) + bytes })
    this.unreportedBytes += bytes
    this.reportInTime()
  }

  private reportInTime(): void {
    if (this.isReporting || this.unreported.size === 0) return
    if (this.unreportedBytes >= REPORT_AT) return this.port.keep(this.report())
    if (this.isWaiting) return
    this.isWaiting = true
    setTimeout(() => {
      this.isWaiting = false
      if (!this.isReporting && this.unreported.size > 0) this.port.keep(this.report())
    }, REPORT_AFTER_MS)
  }

  private async report(): Promise<void> {
    this.isReporting = true
    const posted = [...this.unreported.values()]
    this.unreported.clear()
    this.unreportedBytes = 0
    const answer = await this.port.report(posted)
    for (const [n, { person }] of posted.entries()) {
      const left = answer?.[n]
      if (left) this.learn(person, left)
    }
    this.isReporting = false
    this.reportInTime()
  }

  private set(person: MemberId, left: PostsLeft): void {
    this.left.delete(person)
    this.left.set(person, left)
    const [oldest] = this.left.keys()
    if (this.left.size > MAX_PEOPLE && oldest !== undefined) this.left.delete(oldest)
  }
}
