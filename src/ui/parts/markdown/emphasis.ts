// Which `*`, `_` and `~~` are marks of emphasis: those that hug words from outside, as people set them. Any that stand where
// arithmetic, code, paths and patterns have them are characters, and stay: `2*3*4`, `**/*.ts`, `count(*)`, `__init__`.
import type { MarkdownIt } from 'markdown-it'
import { isBehindAddress } from './addresses'

/** Letters that are written without spaces between words: beside them a mark needs no space either. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}ー]/u
const WORD = /[\p{L}\p{N}\p{M}]/u
const SPACE = /^\s?$/u

/** What may stand around emphasis and what it may begin and end with, beside letters and all that is not ASCII. */
const BEFORE = '([{"\'-*_~|>'
const FIRST = '([{<"\'`$#@&+-~!_*[\\'
const LAST = ')]}>"\'`.,;:!?%$#+-*_~'
const AFTER = ')]}"\'*_~|<-[\\'
/** Two stars are less often arithmetic than one. */
const FIRST_OF_TWO = '.'
const AFTER_TWO = '/('
/** Ends a sentence only when nothing goes on behind it: `.ts` does not. */
const STOP = '.,;:!?'

/** A name with a meaning for programs: `__init__`, `__proto__`. */
const DUNDER = /^__[A-Za-z]\w{0,60}?__(?!\w)/
const DUNDER_BEHIND = /(?:^|\W)__[A-Za-z]\w{0,60}$/
/** A part of a word: `un**believ**able`. Not one letter, which is a variable. */
const PART_AHEAD = /^\p{L}{2,40}\*\*/u
const PART_BEHIND = /\*\*\p{L}{2,40}$/u

/** What emphasis begins with behind other marks: `*_*` is a face. */
const WORDS_AHEAD = /^[*_~]*(?:[\p{L}\p{N}([{<"'`$\\]|[^\0-\x7f])/u

/** Escaped marks in a row that are looked at together; nobody means more. */
const MOST_MARKS = 8

export function unmistakableEmphasis(md: MarkdownIt): void {
  const Before = md.inline.State
  md.inline.State = class extends Before {
    override scanDelims(start: number, canSplitWord: boolean): ReturnType<InstanceType<typeof Before>['scanDelims']> {
      const run = super.scanDelims(start, canSplitWord)
      // Whatever an address ends with, it is whole there.
      if (isBehindAddress(this)) return { ...run, can_open: false, can_close: !isOfWord(characterAt(this.src, start + run.length, this.posMax)) }
      if (!run.can_open && !run.can_close) return run
      const around = new Around(this.src, start, run.length, this.posMax)
      return { ...run, can_open: run.can_open && around.mayOpen(), can_close: run.can_close && around.mayClose() }
    }
  }
}

/** Whether a mark that was escaped would otherwise have been one of emphasis. `end`: where the words end. */
export function wouldMark(src: string, at: number, end: number): boolean {
  let [start, stop] = [at, at + 2]
  const pair = src.slice(at, stop)
  while (at - start < 2 * MOST_MARKS && src.slice(start - 2, start) === pair) start -= 2
  while (stop - at < 2 * MOST_MARKS && src.slice(stop, stop + 2) === pair) stop += 2
  const mark = src.charAt(at + 1)
  // Alone a mark means nothing.
  if (src.lastIndexOf(mark, start - 1) < 0 && stop - start === 2 && !src.includes(mark, stop)) return false
  const around = new Around(src, start, stop - start, end, (stop - start) / 2)
  return around.mayOpen() || around.mayClose()
}

/** A run of marks and what stands on both sides of it. */
class Around {
  private readonly src: string
  private readonly start: number
  private readonly stop: number
  private readonly end: number
  private readonly mark: string
  private readonly double: boolean
  private readonly before: string
  private readonly after: string

  /** `marks`: how many there are, where that is not how long they are. */
  constructor(src: string, start: number, length: number, end: number, marks = length) {
    this.src = src
    this.start = start
    this.stop = start + length
    this.end = end
    this.mark = src.charAt(this.stop - 1)
    this.double = marks > 1
    this.before = characterBefore(src, start)
    this.after = characterAt(src, this.stop, end)
  }

  mayOpen(): boolean {
    const { before, after } = this
    if (this.isBetweenTwins() || SPACE.test(after)) return false
    if (this.mark === '_' && DUNDER.test(this.src.slice(this.start, this.start + 70))) return false
    if (this.isWithinWord()) return this.isAroundPart()
    if (!SPACE.test(before) && !isFree(before) && !BEFORE.includes(before)) return false
    if ('*_~'.includes(after)) return WORDS_AHEAD.test(this.src.slice(this.stop, this.stop + 40))
    return WORD.test(after) || isForeign(after) || FIRST.includes(after) || (this.double && FIRST_OF_TWO.includes(after))
  }

  mayClose(): boolean {
    const { before, after } = this
    if (this.isBetweenTwins() || SPACE.test(before)) return false
    if (this.mark === '_' && this.double && DUNDER_BEHIND.test(this.src.slice(Math.max(0, this.start - 70), this.start))) return false
    if (this.isWithinWord()) return this.isAroundPart()
    if (!WORD.test(before) && !isForeign(before) && !LAST.includes(before)) return false
    if (SPACE.test(after) || isFree(after) || AFTER.includes(after)) return true
    if (this.double && AFTER_TWO.includes(after)) return true
    return STOP.includes(after) && this.isStop()
  }

  /** A letter or digit on both sides, of a script with spaces between its words. */
  private isWithinWord(): boolean {
    return isOfWord(this.before) && isOfWord(this.after)
  }

  private isAroundPart(): boolean {
    if (this.mark !== '*' || !this.double) return false
    return PART_AHEAD.test(this.src.slice(this.stop, this.stop + 90)) || PART_BEHIND.test(this.src.slice(Math.max(0, this.start - 90), this.start))
  }

  /** As in `"*"` and `|*|`. */
  private isBetweenTwins(): boolean {
    return this.before === this.after && !'])'.includes(this.before) && !WORD.test(this.before) && !isForeign(this.before)
  }

  private isStop(): boolean {
    const rest = this.src.slice(this.stop, Math.min(this.end, this.stop + 12)).replace(/^[.,;:!?]+/, '')
    const next = rest === '' ? '' : String.fromCodePoint(rest.codePointAt(0) ?? 32)
    return SPACE.test(next) || isFree(next) || ')]}"\'*_~|<['.includes(next)
  }
}

function isOfWord(character: string): boolean {
  return WORD.test(character) && !UNSPACED.test(character)
}

/** Beside it a word may end or begin: letters of scripts without spaces, and what is neither a letter nor ASCII. */
function isFree(character: string): boolean {
  return isForeign(character) && !isOfWord(character) && !/\p{Sk}/u.test(character)
}

function isForeign(character: string): boolean {
  return character > '\x7f'
}

function characterAt(src: string, at: number, end: number): string {
  return at < end ? String.fromCodePoint(src.codePointAt(at) ?? 32) : ''
}

function characterBefore(src: string, at: number): string {
  if (at <= 0) return ''
  const last = src.charAt(at - 1)
  return last >= '\udc00' && last <= '\udfff' && at > 1 ? src.slice(at - 2, at) : last
}
