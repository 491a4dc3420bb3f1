// What was read of late, whole: a page may show a message in three lanes, and many people open the same page. Bounded by
// the characters of the texts, because their tokens take a hundred times as much; the one that was longest not asked for goes first.

/** Some dozens of messages as people write them, or three of the longest: at most some 10 MB. */
const MOST_CHARACTERS = 100_000

export class Recent<T> {
  private readonly known = new Map<string, T>()
  private characters = 0

  get(text: string): T | undefined {
    const found = this.known.get(text)
    if (found === undefined) return undefined
    this.known.delete(text)
    this.known.set(text, found)
    return found
  }

  set(text: string, value: T): void {
    if (text.length > MOST_CHARACTERS || this.known.has(text)) return
    this.known.set(text, value)
    this.characters += text.length
    for (const oldest of this.known.keys()) {
      if (this.characters <= MOST_CHARACTERS) return
      this.known.delete(oldest)
      this.characters -= oldest.length
    }
  }
}
