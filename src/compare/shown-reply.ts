// When one lane showed how much of one reply.
import { utf8Length } from '../lanes/client/meter'

/** From this moment on, so much could be read. */
export interface Mark {
  /** By the page's own clock, ms. */
  readonly at: number
  /** Characters. */
  readonly length: number
  /** The same characters in UTF-8. */
  readonly bytes: number
}

export class ShownReply {
  private text = ''
  private seen: Mark[] = []

  /** In the order in which the text grew. */
  get marks(): readonly Mark[] {
    return this.seen
  }

  /** The reply reads like this now. One that is asked for again begins anew. */
  note(at: number, text: string): void {
    if (text.length === this.text.length) return
    if (text.length < this.text.length) this.seen = []
    const { length, bytes } = this.seen.at(-1) ?? { length: 0, bytes: 0 }
    this.text = text
    if (text !== '') this.seen.push({ at, length: text.length, bytes: bytes + utf8Length(text.slice(length)) })
  }
}
