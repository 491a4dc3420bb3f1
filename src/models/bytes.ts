// Bytes that come in pieces, together in one place: a million pieces of one byte take no more room than one of a million.

/** Room to begin with, in bytes: a few events of a stream. */
const FIRST_ROOM = 4_096

export class Bytes {
  length = 0
  private room = new Uint8Array(FIRST_ROOM)

  add(piece: Uint8Array): void {
    const length = this.length + piece.length
    if (length > this.room.length) {
      const larger = new Uint8Array(Math.max(length, this.room.length * 2))
      larger.set(this.room.subarray(0, this.length))
      this.room = larger
    }
    this.room.set(piece, this.length)
    this.length = length
  }

  /** All of them, in bytes of its own; none are left. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.room.slice(0, this.length)
    this.length = 0
    return taken
  }
}
