// A request's body, as far as one of ours may go: whoever sends more, or takes longer, is not read to the end.
import { accept, refuse, type Result } from '../../conversation/refusal'

/** How long a body may take, ms: the longest post over a connection of 20 kbit/s. */
const BODY_MS = 30_000

/** The body as text. Refuses: too_long beyond `limit`, in characters; malformed when it breaks off, takes too long, or is not sent as HTTP says. */
export async function readLimited(request: Request, limit: number): Promise<Result<string>> {
  // A character is one byte at least, and no more than four.
  if (Number(request.headers.get('content-length') ?? 0) > 4 * limit) return tooLong()
  const reader = request.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) return accept('')
  const late = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => late.resolve('late'), BODY_MS)
  let text = ''
  try {
    for (;;) {
      const read = await Promise.race([reader.read(), late.promise])
      if (read === 'late') return refuse('malformed', 'What was sent did not come to its end in time.')
      if (read.done) return accept(text)
      text += read.value
      if (text.length > limit) return tooLong()
    }
  } catch {
    return refuse('malformed', 'What was sent broke off.')
  } finally {
    clearTimeout(timer)
    reader.cancel().catch(() => {})
  }
}

function tooLong() {
  return refuse('too_long', 'That is too long.')
}
