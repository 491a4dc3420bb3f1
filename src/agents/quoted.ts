// Words chosen by somebody, as a prompt shows them: marked as theirs and nothing more. Invariant: on one line, whatever a reader may
// take for the end of one, and between quotation marks that they cannot leave [R164].

export function quoted(words: string): string {
  return JSON.stringify(words.replace(/[\p{Zl}\p{Zp}\p{Cc}]/gu, ' '))
}
