// Asking for an older page over a socket: one question at a time, asked again after a reconnect, answered to its asker [L7].
import type { Timeline } from '../../conversation/timeline'

export class EarlierQuestion {
  private open: { readonly before: number; readonly done: () => void } | null = null
  private readonly send: (before: number) => void
  private readonly show: (loading: boolean) => void

  constructor(send: (before: number) => void, show: (loading: boolean) => void) {
    this.send = send
    this.show = show
  }

  /** Resolves when the page has been taken in, or the room was left. There is nothing to ask at the beginning of a room. */
  ask({ messages, hasEarlier }: Timeline): Promise<void> {
    const before = messages[0]?.metadata.seq
    if (before === undefined || !hasEarlier || this.open) return Promise.resolve()
    this.show(true)
    return new Promise((done) => {
      this.open = { before, done }
      this.send(before)
    })
  }

  /** A new socket knows nothing of a question on the old one. */
  askAgain(): void {
    if (this.open) this.send(this.open.before)
  }

  /** Whether this is the page that was asked for. */
  isFor(before: number): boolean {
    return this.open?.before === before
  }

  end(): void {
    this.open?.done()
    this.open = null
    this.show(false)
  }
}
