// A stream of events cut into whole lines, so that whoever reads them never reads the beginning of a line again, and an event
// without an end has one.
import { Bytes } from './bytes'
import { TooMuch } from './intake'

/** Bytes of one event, its comments included: as much as is kept of a whole reply, which some repeat in their last one. */
const LONGEST_EVENT = 1024 * 1024

const LINE_FEED = 10
const RETURN = 13

export class WholeLines {
  private readonly held = new Bytes()
  /** Bytes of the line and of the event that are being read. */
  private line = 0
  private event = 0
  private afterReturn = false

  /** The lines that end in these bytes, together; often none. Throws TooMuch. */
  take(piece: Uint8Array): Uint8Array {
    const end = this.endIn(piece)
    if (end === piece.length && this.held.length === 0) return piece
    this.held.add(piece.subarray(0, end))
    const whole = end === 0 ? new Uint8Array(0) : this.held.take()
    this.held.add(piece.subarray(end))
    return whole
  }

  /** What came after the last end of a line. */
  rest(): Uint8Array {
    return this.held.take()
  }

  /** Where the last line ends in these bytes; 0 when none does. A line ends with either sign or both, an event with an empty line. */
  private endIn(piece: Uint8Array): number {
    let end = 0
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at]
      if (byte === LINE_FEED || byte === RETURN) {
        end = at + 1
        const isSecond = byte === LINE_FEED && this.afterReturn
        this.afterReturn = byte === RETURN
        if (isSecond) continue
        if (this.line === 0) this.event = 0
        this.line = 0
        continue
      }
      this.afterReturn = false
      this.line += 1
      this.event += 1
      if (this.event > LONGEST_EVENT) throw new TooMuch(`an event of more than ${LONGEST_EVENT / 1024 / 1024} MiB`)
    }
    return end
  }
}
