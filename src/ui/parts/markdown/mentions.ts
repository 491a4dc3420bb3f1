// The mentions that a message has, found again in its words: exactly what the room found, wherever it stands as a name.
import { atSigns, endsHere, hasAtSign } from '../../../conversation/at-sign'

/** The @s of one piece of text that are looked at. */
const MOST = 500

export interface Place {
  readonly index: number
  readonly length: number
}

export class Mentions {
  private readonly typed: ReadonlySet<string>
  private readonly lengths: readonly number[]

  /** `typed`: each @ with its name. */
  constructor(typed: readonly string[]) {
    this.typed = new Set(typed)
    this.lengths = [...new Set(typed.map(({ length }) => length))].sort((a, b) => b - a)
  }

  /** Whether it is worth looking. */
  test(text: string): boolean {
    return this.lengths.length > 0 && hasAtSign(text)
  }

  /** The mentions in a piece of the text, in its order; of two that fit, the longer. */
  *in(text: string): Generator<Place> {
    let [end, looked] = [0, 0]
    for (const index of atSigns(text)) {
      if ((looked += 1) > MOST) return
      if (index < end) continue
      const length = this.lengths.find((known) => {
        const typed = text.slice(index, index + known)
        return this.typed.has(typed) && endsHere(typed.slice(1), text.slice(index + known, index + known + 4))
      })
      if (length === undefined) continue
      end = index + length
      yield { index, length }
    }
  }
}
