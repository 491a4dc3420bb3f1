// Which sites and mailboxes words name, however they are spelled: all that looks like an address to a reader counts as one.

export interface NamedAddress {
  /** As it looks, without port. */
  readonly host: string
  /** What stands before its @. */
  readonly user: string | null
}

/** Characters that nobody sees, and spaces too narrow to part a name. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2004-\u200a\u202f\u205f]|[^\P{Cc}\s]/gu
/** Marks that stayed as they were typed: a reader of Markdown looks through them. */
const MARKS = /[*~`|]|\\(?=[.@_-])/g
/** Signs that look like a dot between Latin letters. NFKC knows others. */
const DOTS = /(?<=[a-z\d])[\u3002\u00b7\u06d4\u0701\u0702\u0660\u06f0\u16eb\u2022\u2027\u2219\u22c5\u25cf\u2e31\u2e33\u30fb\ua4f8\ua78f](?=[a-z\d])/gi
/** A name breaks off at a line's end and goes on with its dot. */
const BROKEN = /\s*\n\s*(?=\.\p{L}{2})/gu

/** What a name may be made of, pictures of letters too. */
const RUN = /[\p{L}\p{M}\p{N}\p{So}_.-]+/gu
/** What stands around one: pictures but those of letters. */
const AROUND = /^[._\-[\p{So}--[\u{1f100}-\u{1f1ff}]]]+|[._\-[\p{So}--[\u{1f100}-\u{1f1ff}]]]+$/gv
const SCHEME_END = /:[/\\]{2,}([^\s/\\?#]*)/y
const PATH = /(?::\d+)?(?:[/\\?#]\S*)?/y
/** Beyond it no name goes, in characters. */
const MOST_USER = 64

/** Endings of files and of code that are no endings of sites. */
const NO_SITE = new Set(
  'asc bak bash bat bib bin bmp c cfg cjs class cmake conf cpp cs css csv cts cxx db diff doc docx ejs el env erl exe ex exs fish gif gitignore go gradle h hbs hpp hs htm html ico ini ipynb jar java jpeg jpg js json jsonl jsx kt kts less lock log lua m4 mdx mjs mkv mp3 mp4 mts nix njk ods odt patch pdf php png pptx proto ps1 py3 r rb rst scala scss sql svg swift tar tex tgz tif toml ts tsv tsx ttf txt vue wasm wav webm webp woff woff2 xls xlsx xml xsl yaml yml zsh'.split(
    ' ',
  ),
)

/** As it looks: one spelling for all that looks the same. */
export function asSeen(words: string): string {
  return words.replace(UNSEEN, '').normalize('NFKC').replace(UNSEEN, '').replace(MARKS, '').replace(BROKEN, '').replace(DOTS, '.')
}

/** Every address in words that went through `asSeen`. Linear. */
export function namedAddresses(words: string): readonly NamedAddress[] {
  const found: NamedAddress[] = []
  RUN.lastIndex = 0
  for (let run = RUN.exec(words); run; run = RUN.exec(words)) {
    const end = RUN.lastIndex
    SCHEME_END.lastIndex = end
    const authority = SCHEME_END.exec(words)?.[1]
    const named = authority === undefined ? bare(words, run[0], run.index) : withScheme(authority)
    found.push(...named)
    if (named.length > 0) RUN.lastIndex = behindPath(words, authority === undefined ? end : SCHEME_END.lastIndex)
  }
  return found
}

function withScheme(authority: string): readonly NamedAddress[] {
  const at = authority.lastIndexOf('@')
  const host = authority
    .slice(at + 1)
    .replace(/:\d*$/, '')
    .replace(/[.,;:!'")\]}>»”’]+$/, (end) => (end.startsWith(']') && authority.includes('[') ? ']' : ''))
  // A user's name before a host looks like one.
  const user = authority.slice(0, Math.max(0, at)).replace(/:.*$/s, '')
  return [host, user].flatMap((name) => (name === '' ? [] : { host: name, user: null }))
}

function bare(words: string, run: string, start: number): readonly NamedAddress[] {
  const names = run.split(/\.{2,}/)
  return names.flatMap((name, index) => {
    const host = name.replace(AROUND, '')
    if (!isSite(host)) return []
    const user = index === 0 && words.charAt(start - 1) === '@' ? userBefore(words, start - 1) : null
    return [{ host, user }]
  })
}

function isSite(name: string): boolean {
  const labels = name.split('.')
  const last = labels.pop() ?? ''
  if (labels.length === 3 && [...labels, last].every((part) => /^\d{1,3}$/.test(part))) return true
  if (labels.length === 0 || labels.includes('')) return false
  // `1.Install` is a step, `163.com` a site.
  if (labels.every((label) => /^\d+$/.test(label))) return /^[a-z]{2,3}$/.test(last) && !NO_SITE.has(last)
  return /^(?:[\p{L}\p{M}]{2}|xn--)/iu.test(last) && !NO_SITE.has(last.toLowerCase())
}

function userBefore(words: string, at: number): string {
  return /[^\s@<>()[\],:;"]*$/.exec(words.slice(Math.max(0, at - MOST_USER), at))?.[0] ?? ''
}

function behindPath(words: string, end: number): number {
  PATH.lastIndex = end
  PATH.exec(words)
  return Math.max(end, PATH.lastIndex)
}
