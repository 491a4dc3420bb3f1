// Commands as server functions: one after the other, so that posts arrive in the order in which they were written. What
// could not be sent is dropped, but a post, which is sent again.
import type { Command } from '../../conversation/command'
import type { Result } from '../../conversation/refusal'
import type { CommandOutbox } from '../client/command-outbox'
import type { NodeRow } from './held-room'

/** How long to wait before a post that could not be sent is sent again, ms. */
const SEND_AGAIN_MS = 2_000

export type AskRoom = (command: Command) => Promise<Result<{ readonly seq: number } | null>>

export class CommandCalls {
  private last: Promise<void> = Promise.resolve()
  private again: ReturnType<typeof setTimeout> | undefined
  /** A post could not be sent: those after it wait for it, so that they arrive in the order in which they were written. */
  private waits = false
  private readonly ask: AskRoom
  private readonly outbox: CommandOutbox<NodeRow>

  /** `outbox` hears what became of each command, and has the posts that are still to be sent. */
  constructor(ask: AskRoom, outbox: CommandOutbox<NodeRow>) {
    this.ask = ask
    this.outbox = outbox
  }

  send(command: Command): void {
    this.last = this.last.then(() => this.sendNow(command))
  }

  /** Sends every post that waits. */
  sendAgain(): void {
    clearTimeout(this.again)
    this.waits = false
    this.outbox.sendPending()
  }

  /** What is under way goes on; nothing is sent again. */
  close(): void {
    clearTimeout(this.again)
  }

  private async sendNow(command: Command): Promise<void> {
    const id = command.type === 'post' ? command.id : undefined
    if (id !== undefined && this.waits) return
    try {
      const done = await this.ask(command)
      if (!done.ok) this.outbox.refuse(id, done.refusal)
      else if (id !== undefined && done.value) this.outbox.acknowledge(id, done.value.seq)
    } catch {
      if (id === undefined) return
      this.waits = true
      clearTimeout(this.again)
      this.again = setTimeout(() => this.sendAgain(), SEND_AGAIN_MS)
    }
  }
}
