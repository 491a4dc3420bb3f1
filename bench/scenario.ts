// What is measured: the text of a reply, known before anybody is asked for it. Expected content comes from here, never
// from the server under test.

/** Tokens of 21 bytes, as a model's are with their JSON around them. */
export const TOKEN_BYTES = 21

export interface Reply {
  readonly tokens: readonly string[]
  readonly text: string
  /** Between tokens, ms. */
  readonly everyMs: number
}

/** A reply of so many tokens at so many per second; every token is another. */
export function replyOf(tokens: number, perSecond: number): Reply {
  const list = Array.from({ length: tokens }, (_, at) => `${String(at).padStart(5, '0')}-abcdefghijklmn `)
  return { tokens: list, text: list.join(''), everyMs: 1000 / perSecond }
}

/** T of the budgets: the bytes of the reply's own text. */
export function bytesOf(reply: Reply): number {
  return Buffer.byteLength(reply.text)
}

/** How many whole tokens a text of this length shows. */
export function tokensIn(length: number): number {
  return Math.floor(length / TOKEN_BYTES)
}
