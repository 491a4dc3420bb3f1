// Values on their way into an async iterable: pushed by the room, pulled by the Flight renderer.

export class GrowthQueue<T> implements AsyncIterable<T> {
  private readonly values: T[] = []
  private wake: (() => void) | null = null
  private ended = false

  push(value: T): void {
    this.values.push(value)
    this.wake?.()
  }

  end(): void {
    this.ended = true
    this.wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      yield* this.values.splice(0)
      if (this.values.length > 0) continue
      if (this.ended) return
      await new Promise<void>((resolve) => (this.wake = resolve))
    }
  }
}
