// How much of a model's context a text takes. An estimate, and a cautious one: too much history fails the turn, too
// little only forgets a message.

/** English takes about four characters to a token; the margin is for code and names. */
const CHARACTERS_PER_TOKEN = 3.5
/** What a turn costs beyond its words. */
const PER_TURN = 4

/** Letters outside ASCII are counted as a token each: Chinese comes close to that. */
export function tokensOf(text: string): number {
  const foreign = text.match(/[^\0-\x7f]/g)?.length ?? 0
  return Math.ceil((text.length - foreign) / CHARACTERS_PER_TOKEN) + foreign + PER_TURN
}

/** The same of a text that grows, without what a turn costs beyond its words; no piece is read twice. */
export class TokenCount {
  private plain = 0
  private foreign = 0

  get tokens(): number {
    return Math.ceil(this.plain / CHARACTERS_PER_TOKEN) + this.foreign
  }

  /** Answers how many tokens more there are. */
  add(text: string): number {
    const before = this.tokens
    const foreign = text.match(/[^\0-\x7f]/g)?.length ?? 0
    this.foreign += foreign
    this.plain += text.length - foreign
    return this.tokens - before
  }
}

/** The text with its middle left out so that it takes at most `tokens`; the text itself when it does. */
export function shortened(text: string, tokens: number): string {
  if (tokensOf(text) <= tokens) return text
  const share = tokens / tokensOf(text)
  const half = Math.max(0, Math.floor((text.length * share) / 2) - 10)
  return `${text.slice(0, half)}\n[…]\n${half === 0 ? '' : text.slice(-half)}`
}
