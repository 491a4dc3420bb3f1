// What is worked out once for each text, for as many texts as are worth remembering: beyond them the first is worked out anew.

/** `work`, which says the same of the same text, with the last `most` of its answers at hand. */
export function remembering<T>(most: number, work: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly answer: T }>()
  return (text) => {
    const before = known.get(text)
    if (before) return before.answer
    const answer = work(text)
    if (known.size >= most) for (const first of known.keys()) if (known.delete(first)) break
    known.set(text, { answer })
    return answer
  }
}
