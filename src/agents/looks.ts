// What names and pieces of a text look like, for finding mentions. Names are remembered, at most so many; pieces come out
// of an allowance, so that no text and no names make a message cost more than a few milliseconds.
import { skeleton } from '../conversation/skeleton'
import { remembering } from './remembering'

/** What names look like, for whoever finds them in texts. It carries Unicode's table of look-alikes: for the server, not for browsers. */
export interface Looks {
  /** Null for a name that is only known as it is typed. */
  ofName(name: string): string | null
  /** For the pieces of one message. */
  ofPieces(): LooksOfPieces
}

export interface LooksOfPieces {
  lookOf(piece: string): string | null
}

/** Two rooms full of people, with their first names: at most 2 MB. */
const REMEMBERED = 2_000

export const LOOKS: Looks = { ofName: remembering(REMEMBERED, lookOf), ofPieces: () => new Pieces() }

/** What the pieces of one message may add up to, in UTF-16 units. An honest mention takes about fifty. */
export const PIECES_UNITS = 4_000

/** Looks at pieces of one message until the allowance is spent; from then on none looks like anything. */
class Pieces {
  private left = PIECES_UNITS

  lookOf(piece: string): string | null {
    if (piece.length > this.left) return null
    this.left -= piece.length
    return lookOf(piece)
  }
}

/** In the same place of a text, and as long, two names look the same when these are. Null for a name of ligatures: it is only known as it is typed. */
function lookOf(name: string): string | null {
  // One character of Arabic may stand for eighteen, each of which would be looked at.
  const spelt = name.normalize('NFKC')
  return spelt.length > 2 * name.length + 8 ? null : `${name.length} ${skeleton(spelt)}`
}
