// A long page leaves in pieces that are made when its reader takes them: what nobody reads is held once for everybody, not
// once for each who asked.

/** Characters of a piece. */
const PIECE = 64 * 1024

export function inPieces(texts: readonly string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const pieces = cut(texts)
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = pieces.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
    },
    { highWaterMark: 0 },
  )
}

function* cut(texts: readonly string[]): Generator<string, void> {
  for (const text of texts) {
    for (let at = 0; at < text.length;) {
      const end = boundary(text, at + PIECE)
      yield text.slice(at, end)
      at = end
    }
  }
}

/** Never between the two halves of a character. */
function boundary(text: string, at: number): number {
  const before = text.charCodeAt(at - 1)
  return before >= 0xd8_00 && before < 0xdc_00 && at < text.length ? at - 1 : Math.min(at, text.length)
}
