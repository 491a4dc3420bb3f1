// What a page's sockets have received.
import type { Page } from 'playwright-core'

export class Sockets {
  private readonly frames: Buffer[] = []

  constructor(page: Page) {
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => this.frames.push(Buffer.from(payload))))
  }

  /** Everything received so far; a place to count from. */
  get count(): number {
    return this.frames.length
  }

  /** Bytes received since then. */
  bytesSince(count = 0): number {
    return this.frames.slice(count).reduce((sum, frame) => sum + frame.byteLength, 0)
  }

  /** Whether anything received since then holds these words. */
  heard(words: string, count = 0): boolean {
    return this.frames.slice(count).some((frame) => frame.includes(words))
  }
}
