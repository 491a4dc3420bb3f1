// Looks at every state that a client shows, not only at the last one: no holes, no doubles, and text that only grows.
import { textOf, type Message } from '../../src/conversation/message'
import type { Participant } from '../lane-contract/participant'

export class Watch {
  readonly violations: string[] = []
  /** Every message that was ever shown, by id, as it was shown last. */
  readonly seen = new Map<string, Message>()
  /** How many states were shown. */
  changes = 0
  private readonly who: Participant

  constructor(who: Participant) {
    this.who = who
    who.client.subscribe(() => this.look())
  }

  private look(): void {
    this.changes += 1
    const messages = this.who.messages()
    const first = messages[0]?.metadata.seq ?? 0
    messages.forEach((message, at) => {
      if (message.metadata.seq !== first + at) this.violations.push(`[L4] ${this.who.lane} shows seq ${message.metadata.seq} in place ${at} after ${first}`)
      const before = this.seen.get(message.id)
      if (before === message) return
      if (before && shrank(before, message)) this.violations.push(`[L5] ${this.who.lane} shows “${textOf(message)}” after “${textOf(before)}”`)
      this.seen.set(message.id, message)
    })
  }
}

/** A retry and a restart begin anew, and take a version for it. */
function shrank(before: Message, after: Message): boolean {
  return after.metadata.version === before.metadata.version && !textOf(after).startsWith(textOf(before))
}
