// What is taken in of one response of a model's provider: so many bytes and no more, as they are once decompressed, and never so
// many at once that others wait.

/** Bytes of one response: a reply of the greatest length in events of one character each, and more than any model says. */
export const MOST_BYTES = 64 * 1024 * 1024
/** Bytes after which whoever else is waiting has their turn: some hundred events, a few milliseconds of reading. */
const AT_ONCE = 16 * 1024

/** More came than is taken in; its message says of what, for whoever runs this. */
export class TooMuch extends Error {}

export class Intake {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>
  private readonly onLife: () => void
  private readonly most: number
  /** What was read and not yet given. */
  private rest: Uint8Array = new Uint8Array(0)
  private taken = 0
  private sinceTurn = 0

  /** `onLife` is called for whatever arrives; `most`: bytes. */
  constructor(body: ReadableStream<Uint8Array>, onLife: () => void, most = MOST_BYTES) {
    this.reader = body.getReader()
    this.onLife = onLife
    this.most = most
  }

  /** The next bytes, or null at the end. Refuses by throwing TooMuch, and hangs up then. */
  async read(): Promise<Uint8Array | null> {
    if (this.sinceTurn >= AT_ONCE) {
      this.sinceTurn = 0
      // What always has more to read would otherwise be read for ever before anything else.
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
    if (this.rest.length === 0) {
      const { done, value } = await this.reader.read()
      this.onLife()
      if (done) return null
      this.rest = value
    }
    const piece = this.rest.subarray(0, AT_ONCE)
    this.rest = this.rest.subarray(AT_ONCE)
    this.taken += piece.length
    this.sinceTurn += piece.length
    if (this.taken > this.most) {
      this.hangUp()
      throw new TooMuch(`an answer of more than ${this.most / 1024 / 1024} MiB`)
    }
    return piece
  }

  /** Takes in no more: the provider is told by the end of the connection. */
  hangUp(): void {
    // A connection that is broken already cannot be ended.
    this.reader.cancel().catch(() => {})
  }
}
