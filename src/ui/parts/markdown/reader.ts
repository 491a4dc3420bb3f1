// Reads a text that may grow, block by block. Blocks that are finished are not read again: of a longer text only what
// follows them is. Reading it piece by piece comes to the same as reading it at once.
import type { Token } from 'markdown-it'
import { withoutUndecidedLine } from './open-end'
import { Mentions } from './mentions'
import { countedIn } from './margins'
import { asTyped, readTokens } from './read-tokens'
import { Recent } from './recent'
import { type Budget, costOfAll, type References, WHOLE_BUDGET } from './reading'
import { showsSomething } from './shown'

export interface Block {
  /** Two blocks with the same source and of the same generation look the same. */
  readonly source: string
  /** Changes when a definition was added, which may change how any block looks. */
  readonly generation: number
  readonly tokens: readonly Token[]
  /** Where it begins, in characters. */
  readonly start: number
  /** The labels that it refers to. */
  readonly uses: readonly string[]
  /** What its end leaves to whatever follows. */
  readonly left: Left
}

/** What is known and left where a block ends, so that reading on looks at the last finished block only, however many there are. */
interface Left {
  readonly budget: Budget
  readonly references: References
  readonly footnotes: readonly string[]
  /** As in Known. */
  readonly counted: number
}

const AT_FIRST: Left = { budget: WHOLE_BUDGET, references: {}, footnotes: [], counted: NaN }

/** Definitions that appear while a text grows, at most, for which all of it is read again; the settled text is read with all of them. */
const MOST_AGAIN = 50

interface Read {
  readonly blocks: readonly Block[]
  readonly shown: readonly Block[]
  readonly defined: string
}

/** Texts that were read at once and will not grow. */
const recent = new Recent<Read>()

export class MarkdownReader {
  private readonly mentions: Mentions
  private readonly key: string
  private text = ''
  private open = false
  private shown: readonly Block[] = []
  private blocks: readonly Block[] = []
  /** All that is defined, to compare. */
  private defined = ''
  private generation = 0
  /** The newest reading left definitions unheeded. */
  private behind = false

  /** Characters read so far, those read again included: what reading has cost. */
  read = 0

  /** `mentions`: those in the text, each with its @, as typed. */
  constructor(mentions: readonly string[] = []) {
    this.mentions = new Mentions(mentions)
    this.key = mentions.join('\n')
  }

  /** The blocks of `text`. `open`: more may follow, and markup that is still open counts as closed. */
  blocksOf(text: string, open: boolean): readonly Block[] {
    const whole = normalized(text)
    if (whole === this.text && open === this.open) return this.shown
    // What is read again is drawn again, so it may not be another reader's, which was never drawn here.
    if (this.text === '' && !open && this.generation === 0 && this.recall(whole)) return this.shown
    const grows = whole.startsWith(this.text) && this.text !== '' && !(this.behind && !open)
    // Two blocks stay open: a line that is not whole yet may turn out to belong to the block before it.
    const kept = grows ? this.blocks.slice(0, -2) : []
    if (!grows) this.forget()
    this.text = whole
    this.open = open
    const end = this.blocks[kept.length]?.start ?? 0
    const [tail, changed] = this.readTail(open ? withoutUndecidedLine(whole) : whole, kept, grows ? end : 0, open)
    this.blocks = [...kept, ...tail]
    if (changed && kept.length > 0) {
      if (this.generation < MOST_AGAIN || !open) return this.again(whole, open)
      this.behind = true
    }
    this.shown = open ? withoutUsed(this.blocks) : neverNothing(withoutUsed(this.blocks))
    if (kept.length === 0 && !open && this.generation === 0) recent.set(this.keyOf(whole), { blocks: this.blocks, shown: this.shown, defined: this.defined })
    return this.shown
  }

  private keyOf(text: string): string {
    return this.key === '' ? text : `${this.key}\0${text}`
  }

  /** Takes over what another reader read of the same text. */
  private recall(text: string): boolean {
    const known = recent.get(this.keyOf(text))
    if (!known) return false
    Object.assign(this, { text, open: false, ...known })
    return true
  }

  private again(text: string, open: boolean): readonly Block[] {
    const generation = this.generation + 1
    this.forget()
    this.generation = generation
    return this.blocksOf(text, open)
  }

  private forget(): void {
    this.text = ''
    this.blocks = []
    this.defined = ''
    this.behind = false
  }

  /** Reads what follows the blocks that are kept; and whether what they may refer to is another now. */
  private readTail(text: string, kept: readonly Block[], start: number, open: boolean): readonly [readonly Block[], boolean] {
    const tail = text.slice(start)
    this.read += tail.length
    const before = kept.at(-1)?.left ?? AT_FIRST
    const references: References = { ...before.references }
    const footnotes = new Set(before.footnotes)
    const tokens = readTokens(tail, { references, footnotes, budget: { ...before.budget }, mentions: this.mentions, counted: before.counted }, open)
    const defined = written(references, footnotes)
    const changed = defined !== this.defined
    this.defined = defined
    return [this.grouped(tokens, tail, start, before, references, open), changed]
  }

  /** The tokens of each block of the text itself. */
  private grouped(tokens: readonly Token[], text: string, start: number, before: Left, references: References, open: boolean): readonly Block[] {
    const starts = lineStarts(text)
    let left = before
    const blocks: Block[] = []
    for (let from = 0, at = 0; at < tokens.length; at += 1) {
      const last = tokens[at]
      if (!last || last.level > 0 || last.nesting > 0) continue
      const [first, end] = tokens[from]?.map ?? [0, 0]
      const begin = starts[first] ?? text.length
      const source = text.slice(begin, starts[end] ?? text.length).trimEnd()
      const read = tokens.slice(from, at + 1)
      const mayGrow = open && at === tokens.length - 1
      const block = mayGrow || isParagraph(read) || showsSomething(read) ? read : asTyped(read, source)
      left = leftAfter(block, left, references)
      blocks.push({ source, generation: this.generation, tokens: block, start: start + begin, uses: labelsIn(block), left })
      from = at + 1
    }
    return blocks
  }
}

/** A text of which nothing would be seen stands as it was typed: signs alone, `<br>`, `&nbsp;`. */
function neverNothing(blocks: readonly Block[]): readonly Block[] {
  if (blocks.some(({ tokens }) => showsSomething(tokens))) return blocks
  return blocks.map((block) => ({ ...block, tokens: asTyped(block.tokens, block.source) }))
}

function isParagraph(tokens: readonly Token[]): boolean {
  return tokens[0]?.type === 'paragraph_open'
}

/** Without the definitions that something refers to. Others are shown: words never vanish without a trace. */
function withoutUsed(blocks: readonly Block[]): readonly Block[] {
  if (!blocks.some(isDefinition)) return blocks
  const used = new Set<unknown>(blocks.flatMap(({ uses }) => uses))
  return blocks.filter((block) => !isDefinition(block) || !used.has(block.tokens[0]?.meta?.['label']))
}

function labelsIn(tokens: readonly Token[]): readonly string[] {
  return tokens
    .flatMap(({ children }) => children ?? [])
    .flatMap(({ type, meta }) => (type === 'link_open' && typeof meta?.['label'] === 'string' ? [meta['label']] : []))
}

function isDefinition({ tokens }: Block): boolean {
  return tokens[0]?.type === 'reference_definition'
}

/** What a block takes from the budget and defines for the others, of all that was defined. */
function leftAfter(tokens: readonly Token[], before: Left, references: References): Left {
  const cost = costOfAll(tokens)
  const own: References = {}
  for (const { type, meta } of tokens) {
    const label = meta?.['label']
    const known = type === 'reference_definition' && typeof label === 'string' ? references[label] : undefined
    if (known && typeof label === 'string') own[label] = known
  }
  const footnotes = tokens.flatMap(({ type, info }) => (type === 'footnote_open' ? [info] : []))
  return {
    budget: { blocks: before.budget.blocks - cost.blocks, words: before.budget.words - cost.words, finds: before.budget.finds - cost.finds },
    references: Object.keys(own).length === 0 ? before.references : { ...before.references, ...own },
    footnotes: footnotes.length === 0 ? before.footnotes : [...before.footnotes, ...footnotes],
    counted: (tokens[0]?.type.endsWith('_list_open') ? countedIn(tokens) : undefined) ?? before.counted,
  }
}

function written(references: References, footnotes: ReadonlySet<string>): string {
  return JSON.stringify([Object.entries(references).map(([label, { href }]) => [label, href]), [...footnotes]])
}

function normalized(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  return lines.includes('\0') ? lines.replaceAll('\0', '\ufffd') : lines
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
