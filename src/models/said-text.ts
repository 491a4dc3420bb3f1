// What a model's text means: words, and the reasoning that some models put among them between tags. Tags and a label of its
// own may come in any pieces; what may yet become one is held back until that is known.
import type { FindLabel } from './own-label'

export interface Said {
  readonly type: 'text' | 'reasoning'
  readonly text: string
}

/** How models mark their reasoning, by what begins and what ends it. */
const TAGS: readonly (readonly [open: string, close: string])[] = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'],
  ['<reasoning>', '</reasoning>'],
  ['<seed:think>', '</seed:think>'],
  ['[think]', '[/think]'],
  ['◁think▷', '◁/think▷'],
]

/** White space that is waited through for a tag or a label, in characters. */
const MOST_BLANK = 200

const FENCE = /^ {0,3}(?:```|~~~)/
/** So far in, a line is code. */
const INDENTED = /(?:^|\n)(?: {4}|\t)[^\n]*$/
const LINE_BEGINS = /^ {0,3}$/
const LEADING = /^ {0,3}/

export class SaidText {
  private held = ''
  /** `beginning`: nothing was said yet, or only reasoning; else what is being read. */
  private state: 'beginning' | 'words' | { readonly close: string } = 'beginning'
  /** The line that is being written, as far as it matters. */
  private line = ''
  private inCode = false
  /** A tag or a label was left out: so is the white space after it. */
  private leftOut = false
  private readonly findLabel: FindLabel

  constructor(findLabel: FindLabel) {
    this.findLabel = findLabel
  }

  /** What is known of the text so far and was not said before. */
  read(text: string): readonly Said[] {
    this.held += text
    return joined(this.readHeld())
  }

  /** The text ends here: what was held back is what it looks like. */
  end(): readonly Said[] {
    const { held, state } = this
    this.held = ''
    if (held === '') return []
    if (typeof state === 'object') return [{ type: 'reasoning', text: held }]
    if (state === 'words') return [{ type: 'text', text: held }]
    const words = this.leftOut ? held.trimStart() : held
    // One character more tells of a label that it is whole.
    const label = this.findLabel(`${words.trimStart()}\n`) ?? 0
    const rest = label > 0 ? words.trimStart().slice(label).trimStart() : words
    return rest === '' ? [] : [{ type: 'text', text: rest }]
  }

  private *readHeld(): Generator<Said> {
    for (;;) {
      const { state } = this
      const more = typeof state === 'object' ? yield* this.readReasoning(state.close) : state === 'words' ? yield* this.readWords() : this.readBeginning()
      if (!more) return
    }
  }

  /** False when there is nothing more to be read before more text is here. */
  private readBeginning(): boolean {
    const begun = this.held.trimStart()
    if (begun === '' && this.held.length < MOST_BLANK) return false
    const isWords = begun === '' || (!this.leftOut && INDENTED.test(this.held.slice(0, this.held.length - begun.length)))
    const tag = isWords ? 0 : tagAt(begun)
    const label = isWords || tag !== 0 ? 0 : this.findLabel(begun)
    if (tag === null || label === null) return false
    if (tag !== 0) return this.open(tag, begun)
    if (label === 0) {
      this.state = 'words'
      if (this.leftOut) this.held = begun
      return true
    }
    this.leftOut = true
    this.held = begun.slice(label)
    return this.held !== ''
  }

  /** A tag counts at the beginning of a line outside code: elsewhere somebody speaks of tags. */
  private *readWords(): Generator<Said, boolean> {
    while (this.held !== '') {
      if (!this.inCode && LINE_BEGINS.test(this.line)) {
        const begun = this.held.replace(LEADING, '')
        const tag = tagAt(begun)
        if (tag === null) return false
        if (tag !== 0) return this.open(tag, begun)
      }
      const end = this.held.indexOf('\n') + 1
      const words = end === 0 ? this.held : this.held.slice(0, end)
      this.held = this.held.slice(words.length)
      this.follow(words)
      yield { type: 'text', text: words }
    }
    return false
  }

  private follow(words: string): void {
    if (this.line.length < 8) this.line += words
    if (!words.endsWith('\n')) return
    if (FENCE.test(this.line)) this.inCode = !this.inCode
    this.line = ''
  }

  private *readReasoning(close: string): Generator<Said, boolean> {
    if (this.leftOut) this.held = this.held.trimStart()
    const end = this.held.toLowerCase().indexOf(close)
    const known = end < 0 ? this.held.length - beginningAtEnd(this.held, close) : end
    if (known > 0) {
      this.leftOut = false
      yield { type: 'reasoning', text: this.held.slice(0, known) }
    }
    this.held = this.held.slice(end < 0 ? known : end + close.length)
    if (end < 0) return false
    this.state = 'beginning'
    this.leftOut = true
    return this.held !== ''
  }

  private open([open, close]: readonly [string, string], begun: string): boolean {
    this.state = { close }
    this.held = begun.slice(open.length)
    this.line = ''
    this.leftOut = true
    return true
  }
}

/** The tag that a text begins with; null when it may become one, 0 when it is none. */
function tagAt(text: string): readonly [string, string] | null | 0 {
  const lower = text.slice(0, 16).toLowerCase()
  const found = TAGS.find(([open]) => lower.startsWith(open))
  if (found) return found
  return text !== '' && TAGS.some(([open]) => open.startsWith(lower)) ? null : 0
}

/** How many characters at the end of a text may be the beginning of `word`. */
function beginningAtEnd(text: string, word: string): number {
  const lower = text.slice(-word.length).toLowerCase()
  for (let length = Math.min(lower.length, word.length - 1); length > 0; length -= 1) if (word.startsWith(lower.slice(-length))) return length
  return 0
}

function joined(said: Iterable<Said>): readonly Said[] {
  const pieces: Said[] = []
  for (const piece of said) {
    const last = pieces.at(-1)
    if (last?.type === piece.type) pieces[pieces.length - 1] = { type: piece.type, text: last.text + piece.text }
    else pieces.push(piece)
  }
  return pieces
}
