// An agent's answer in a test's hand: it says what it is given, when it is given it, and ends when it is aborted.
import type { Message } from '../../src/conversation/message'
import type { AnswerChunk } from '../../src/models/answer'

export class HeldAnswer {
  readonly reply: Message
  readonly signal: AbortSignal
  private readonly chunks: AnswerChunk[] = []
  private wake = () => {}

  constructor(reply: Message, signal: AbortSignal) {
    this.reply = reply
    this.signal = signal
    signal.addEventListener('abort', () => this.wake())
  }

  add(...chunks: readonly AnswerChunk[]): void {
    this.chunks.push(...chunks)
    this.wake()
  }

  async *speak(): AsyncGenerator<AnswerChunk> {
    for (;;) {
      const chunk = this.chunks.shift()
      if (chunk) yield chunk
      else if (this.signal.aborted) return yield { type: 'aborted' }
      else await new Promise<void>((resolve) => (this.wake = resolve))
    }
  }
}
