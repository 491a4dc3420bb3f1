// How far a socket is behind. The runtime queues whatever a client does not read and does not tell how much that is, so
// the room asks: now and then it sends a mark, which nobody can say back before having read so far.
import { READ_MARK } from '../../lanes/read-mark'

/** Between two marks, in characters or bytes: a mark costs one small frame each way. */
const MARK_EVERY = 256 * 1024
/** Two pages of the longest messages. Whoever has more before them is better served by the newest page. */
export const MAX_UNREAD = 4 * 1024 * 1024

export class Pace {
  private sent = 0
  private read = 0
  /** How much had been sent before each mark that is still out. */
  private readonly marks = new Map<string, number>()
  private marked = 0

  /** Whether nothing more should be sent. */
  get isTooFarBehind(): boolean {
    return this.marks.size > 0 && this.sent - this.read > MAX_UNREAD
  }

  /** Counts a frame that was sent. Answers the mark to send after it; null while none is due. */
  count(length: number): string | null {
    this.sent += length
    if (this.sent - this.marked < MARK_EVERY) return null
    const mark = `${READ_MARK}${crypto.randomUUID()}`
    this.marks.set(mark, this.sent)
    this.marked = this.sent
    return mark
  }

  /** True for a mark of ours, which its client has read by now. */
  heard(frame: string): boolean {
    const sent = this.marks.get(frame)
    if (sent === undefined) return false
    this.read = Math.max(this.read, sent)
    this.marks.delete(frame)
    return true
  }
}
