// A request's body, as far as one of ours may go: whoever sends more is not read to the end.
import { accept, refuse, type Result } from '../../conversation/refusal'

/** The body as text. Refuses: too_long beyond `limit`, in characters; malformed when it breaks off or is not sent as HTTP says. */
export async function readLimited(request: Request, limit: number): Promise<Result<string>> {
  // A character is one byte at least, and no more than four.
  if (Number(request.headers.get('content-length') ?? 0) > 4 * limit) return tooLong()
  let text = ''
  try {
    for await (const chunk of request.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      if (text.length > limit) return tooLong()
    }
  } catch {
    return refuse('malformed', 'What was sent broke off.')
  }
  return accept(text)
}

function tooLong() {
  return refuse('too_long', 'That is too long.')
}
