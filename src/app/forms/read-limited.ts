// A request's body, as far as one of ours may go: whoever sends more is not read to the end.

/** The body as text, or null when it is longer than `limit`, in characters. */
export async function readLimited(request: Request, limit: number): Promise<string | null> {
  // A character is one byte at least, and no more than four.
  if (Number(request.headers.get('content-length') ?? 0) > 4 * limit) return null
  let text = ''
  for await (const chunk of request.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    if (text.length > limit) return null
  }
  return text
}
