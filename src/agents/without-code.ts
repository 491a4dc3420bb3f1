// A text with its code blanked out, at the same length, so that places in one are places in the other. Only what
// CommonMark (0.31, 4.5 and 6.1) calls fenced blocks and code spans; read once from front to back, however odd the text.

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/

export function withoutCode(text: string): string {
  return withoutSpans(withoutFences(text))
}

function withoutFences(text: string): string {
  let fence: string | null = null
  const lines = text.split('\n').map((line) => {
    const [, marks, rest] = FENCE.exec(line) ?? []
    if (fence === null) {
      // A backtick after the fence makes it a code span, not a block.
      if (marks === undefined || (marks.startsWith('`') && rest?.includes('`'))) return line
      fence = marks
    } else if (marks?.startsWith(fence) && rest?.trim() === '') fence = null
    return ' '.repeat(line.length)
  })
  return lines.join('\n')
}

/** A span ends at the next run of as many backticks as began it; a run without such an end is only backticks. */
function withoutSpans(text: string): string {
  const runs = [...text.matchAll(/`+/g)]
  const lastOfLength = new Map(runs.map((run, at) => [run[0].length, at]))
  let blanked = ''
  let done = 0
  for (let at = 0; at < runs.length; at += 1) {
    const length = runs[at]?.[0].length ?? 0
    if ((lastOfLength.get(length) ?? at) === at) continue
    let end = at + 1
    while (runs[end]?.[0].length !== length) end += 1
    const from = runs[at]?.index ?? 0
    const to = (runs[end]?.index ?? 0) + length
    blanked += text.slice(done, from) + ' '.repeat(to - from)
    done = to
    at = end
  }
  return blanked + text.slice(done)
}
