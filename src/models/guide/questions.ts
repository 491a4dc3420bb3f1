// The questions of one message, each to be answered by itself. Only where every piece is one that the guide knows an answer to is a
// sentence taken apart: "search for salt and pepper" asks one thing.

/** More are asked by nobody who waits for the answers. */
export const MOST_QUESTIONS = 6

const ENDS = /(?<=[?!])\s+|\n+/
const SENTENCES = /(?<=\.)\s+(?=\p{L})/u
const JOINED =
  /\s*(?:[,;]\s*)?\b(?:and(?: then| also)?|then|also)\s+(?=(?:what|who|when|where|how|search|find|sum|tell|count|calculate|write|explain|catch)\b)/i

/**
 * Pieces of a text, in its order. `isKnown`: whether there is an answer to a piece. `isWhole`: whether one is not taken apart: what is to be
 * done at a time is all done then.
 */
export function questionsOf(text: string, isKnown: (piece: string) => boolean, isWhole: (piece: string) => boolean): readonly string[] {
  if (isWhole(text)) return [text]
  const lines = piecesOf(text, ENDS)
  const sentences = lines.flatMap((line) => apart(line, SENTENCES, isKnown))
  return sentences.flatMap((sentence) => apart(sentence, JOINED, isKnown)).slice(0, MOST_QUESTIONS)
}

function apart(text: string, at: RegExp, isKnown: (piece: string) => boolean): readonly string[] {
  const pieces = piecesOf(text, at)
  return pieces.length > 1 && pieces.length <= MOST_QUESTIONS && pieces.every(isKnown) ? pieces : [text]
}

function piecesOf(text: string, at: RegExp): readonly string[] {
  return text
    .split(at)
    .map((piece) => piece.trim().replace(/^(?:and|then|also),? /i, ''))
    .filter((piece) => piece !== '')
}
