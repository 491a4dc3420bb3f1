// What a server was shown by us, taken out of all that it says: one that repeats what it was sent must not tell everybody in the room.

/** One is renewed while another is still on its way. */
const MOST = 4
/** A shorter one stands in words by chance, and protects nothing. */
const SHORTEST = 8
const INSTEAD = '[secret]'

export class ShownSecrets {
  private readonly secrets: string[] = []

  get latest(): string | null {
    return this.secrets.at(-1) ?? null
  }

  /** As a client wants it. */
  add(secret: string | null): string | undefined {
    if (secret === null) return undefined
    if (this.latest !== secret) this.secrets.push(secret)
    this.secrets.splice(0, this.secrets.length - MOST)
    return secret
  }

  /** The same value of JSON; in its texts, and in the names of its fields, none of them. */
  without<T>(value: T): T {
    const json = JSON.stringify(value)
    const found = this.secrets.filter((secret) => secret.length >= SHORTEST && json?.includes(JSON.stringify(secret).slice(1, -1)))
    if (found.length === 0) return value
    const clean = (text: string) => found.reduce((rest, secret) => rest.replaceAll(secret, INSTEAD), text)
    return JSON.parse(json, (_, each: unknown) => {
      if (typeof each === 'string') return clean(each)
      if (typeof each !== 'object' || each === null || Array.isArray(each)) return each
      return Object.fromEntries(Object.entries(each).map(([name, field]) => [clean(name), field]))
    }) as T
  }
}
