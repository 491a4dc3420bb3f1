// Texts of any length that cost a careless reader of them dearly, each by a construct of its own, and as many more as
// one likes, put together from the same pieces by a seed.

export interface Hostile {
  readonly name: string
  /** The text with so many characters. */
  make(length: number): string
}

/** The longest message that anybody may post, in characters. */
export const LONGEST = 32_000

/** Each repeated for as long as the text is. */
const REPEATED: readonly string[] = [
  ['|', '|\n', '|a|b\n', 'a|b\n-|-\n', '|a|\n|-|\n\n', ':-:|', '-|'],
  ['```\n', '> ```\n', '~~~\n', '```\n```\n', '```a\nb\n```\n', '    a\n\n', '`', '`a', '`a`', '``a` '],
  ['https://a.b/ ', 'https://a.b/', 'www.', 'www.a.b ', 'http://', 'mailto:', '<http://a', '<https://a.b>', 'a@b.c ', 'a@', 'a@a.', '@', '@a ', '@ ', '＠a '],
  ['&amp;', '&', '&#', '&#1234567', '&#x0;', '&lt', '&le;'],
  ['>', '> ', '> - ', '- ', '+ ', '1. ', '- a\n', '- a\n\n', '- *a*\n', '- [ ] a\n', '1. a\n', '-\n', '> a\n\n', '>\n'],
  [
    '[',
    '![',
    '[a](',
    '[a](b',
    '[](',
    '[a](<b',
    '[a][b]',
    '[a](http://b)',
    '![a](http://b)',
    '![[]()',
    '[x]: y\n',
    '[a]: <',
    "[a]: b '",
    '[^1]',
    '[^1]: a\n',
    '[^',
    '[ ]',
    '[[a](b)',
  ],
  ['_a', '*a', '**a', '*a*', '**a** ', '*a_ ', '*', 'a* ', 'a**b', '*a **a ', 'a**b_c', '~~a', '~~a~~', '~ ', '~', '_', 'a_', '***a**b*', '**重要。**次'],
  [
    '<',
    '<a ',
    '<!--',
    '<?',
    '<![CDATA[',
    '<a b="',
    '</a',
    '<sub>',
    '<sub>a</sub>',
    '</sub>',
    '<br>',
    '<sub><sup>',
    '<details>\n',
    '<details><summary>a</summary>\n',
    '</details>\n',
    '<kbd>',
  ],
  ['$a$', '$a$ ', '$a ', '\\(a\\)', '\\(a', '$$a$$ ', '$$a\n', '$$a$$\n', '\\[\n', '\\[a\\]\n', '\\`', '\\_a', '\\*a\\* ', '__a__ ', '* * * a\n', '>a\n'],
  ['```mermaid\na\n```\n', '9. a\n', '[www.a.b](http://b.c) ', '@Ann ', '@Ann字', '  a\n   b\n'],
  [
    '\\',
    '\\*',
    '\\[',
    '\\\n',
    '$',
    '$$\n',
    'a',
    'a ',
    ' ',
    'a  \n',
    'a\n',
    '\n',
    'a\n\n',
    '\t',
    '# ',
    '#\n',
    '# a\n',
    '# a #\n',
    'a\n=',
    'a\n-\n',
    '-',
    '---\n',
    '* * *\n',
    '"',
    '\'a"',
  ],
  ['\0', '\r', '\r\n', '\ud800', '👩‍👩‍👧', 'e\u0301', '\u0301', '\u200b', '字', 'ա', '\u202e', '{', '(', '}'],
].flat()

/** Each grown to its length by a rule of its own. */
const GROWN: readonly Hostile[] = [
  ...['*', '_', '~'].map((mark) => ({
    name: `words, and a run of ${mark}`,
    make: (length: number) => cut(`${'a\\*'.repeat(length / 12)}a${mark.repeat(length)}`, length),
  })),
  { name: 'a table of 40 columns with empty rows', make: (length) => cut(`${'|a'.repeat(40)}|\n${'|-'.repeat(40)}|\n${'|\n'.repeat(length)}`, length) },
  { name: 'a table of 1,000 columns', make: (length) => cut(`${'|a'.repeat(1_000)}|\n${'|-'.repeat(1_000)}|\n${'|\n'.repeat(length)}`, length) },
  { name: 'a table as wide as it is long', make: (length) => `${'|a'.repeat(length / 4)}\n${'|-'.repeat(length / 4)}`.slice(0, length) },
  { name: 'a table with one endless row', make: (length) => cut(`|a|\n|-|\n${'|x'.repeat(length)}`, length) },
  { name: 'a table in a list in a quote', make: (length) => cut(`> - |a|b|\n>   |-|-|\n${'>   |\n'.repeat(length)}`, length) },
  { name: 'an address with ?!', make: (length) => cut(`https://a.b/?${'?!'.repeat(length)}`, length) },
  { name: 'an address with (', make: (length) => cut(`https://a.b/${'('.repeat(length)}`, length) },
  { name: 'an address with )', make: (length) => cut(`https://a.b/${')'.repeat(length)}`, length) },
  { name: 'an address with &amp;', make: (length) => cut(`https://a.b/?${'&amp;'.repeat(length)}`, length) },
  { name: 'an address with *', make: (length) => cut(`https://a.b/${'*'.repeat(length)}`, length) },
  {
    name: 'a host in many letters',
    make: (length) => `[a](https://${Array.from({ length: length - 14 }, (_, at) => String.fromCodePoint(0x4e00 + (at % 20_000))).join('')})`,
  },
  {
    name: 'hosts in many letters',
    make: (length) => cut(`[a](https://${Array.from({ length: 240 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('')}) `.repeat(length / 100), length),
  },
  { name: 'letters before an @', make: (length) => `${'a'.repeat(length - 1)}@` },
  { name: 'letters around an @', make: (length) => `${'a'.repeat(length / 2 - 1)}@${'a'.repeat(length / 2)}` },
  { name: 'words joined by hyphens before an @', make: (length) => cut('a-_'.repeat(length), length - 2) + '@b' },
  { name: 'brackets that close', make: (length) => '['.repeat(length / 2) + ']'.repeat(length / 2) },
  ...[31, 33, 40].map((depth) => ({
    name: `quotes ${depth} deep with lines below them`,
    make: (length: number) => cut(`${'> '.repeat(depth)}a\n${'b\n'.repeat(40)}`.repeat(length / 140), length),
  })),
  {
    name: 'quotes that grow like a staircase',
    make: (length) => cut(Array.from({ length: 1_000 }, (_, at) => `${'> '.repeat(at % 60)})~~~\n<</sup>\n`).join(''), length),
  },
  ...['\\(', '\\[', '\\(\\[', '\\[\n', '$$\n', '[^a]:$\n'].map((unit) => ({
    name: `formulas: ${JSON.stringify(unit)}`,
    make: (length: number) => cut(unit.repeat(length), length),
  })),
  { name: 'formulas that open, and one that closes', make: (length) => `${cut('\\('.repeat(length), length - 3)}\\)x` },
  {
    name: 'more definitions than anybody needs',
    make: (length) => cut(`${Array.from({ length: length / 27 }, (_, at) => `[a${at}]: http://b.c`).join('\n')}\n\n${'[a1]'.repeat(length)}`, length),
  },
  { name: 'a long definition, used often', make: (length) => cut(`[a]: http://b.c/${'x'.repeat(2_400)}\n\n${'[a] '.repeat(length)}`, length) },
  { name: 'more footnotes than anybody needs', make: (length) => cut(Array.from({ length: 3_000 }, (_, at) => `[^${at}]: a`).join('\n'), length) },
  { name: 'brackets of images that close', make: (length) => '!['.repeat(length / 3) + ']'.repeat(length / 3) },
  { name: 'nests of brackets, each shorter than a label', make: (length) => `${'['.repeat(490)}${']'.repeat(490)} `.repeat(length / 981) },
  { name: 'more addresses than are found, each in a block of its own', make: (length) => cut('a@b.c\n\n'.repeat(length), length) },
  {
    name: 'links, and more items than there are words left',
    make: (length) => cut(`${cut('[[a](b)'.repeat(length), length * 0.72)}\n\n${'1. a\n'.repeat(length)}`, length),
  },
  { name: 'links within links', make: (length) => cut('[a'.repeat(length / 8) + '](http://b)'.repeat(length), length) },
  { name: 'images within images', make: (length) => cut('![a'.repeat(length / 14), length / 2) + cut('](http://b)'.repeat(length), length / 2) },
  {
    name: 'definitions that are used',
    make: (length) => `${cut('[x]: http://y\n'.repeat(length), length / 2)}\n${cut('[x] '.repeat(length), length / 2 - 1)}`,
  },
  { name: 'many definitions', make: (length) => cut(Array.from({ length: length / 8 }, (_, at) => `[${at}]: http://y\n`).join(''), length) },
  { name: 'many footnotes', make: (length) => cut(Array.from({ length: length / 8 }, (_, at) => `[^${at}]: y\n`).join(''), length) },
  { name: 'strong that closes late', make: (length) => '**a '.repeat(length / 8) + ' b**'.repeat(length / 8) },
  { name: 'emphasis within emphasis', make: (length) => '*a _a '.repeat(length / 12) + 'b_ b* '.repeat(length / 12) },
  { name: 'ever longer runs of backticks', make: (length) => growing(length, (at) => `a${'`'.repeat(at)}`) },
  { name: 'ever longer runs of stars', make: (length) => growing(length, (at) => `a${'*'.repeat(at)}`) },
  { name: 'ever deeper lists', make: (length) => growing(length, (at) => `${' '.repeat(at - 1)}- a\n`) },
  { name: 'twice as deep lists', make: (length) => growing(length, (at) => `${'  '.repeat(at - 1)}- a\n`) },
  { name: 'ever deeper quotes', make: (length) => growing(length, (at) => `${'>'.repeat(Math.min(at, 300))} a\n`) },
  { name: 'spaces within a word', make: (length) => `a${' '.repeat(length - 2)}a` },
  { name: 'a long underline', make: (length) => `${'a\n'.repeat(length / 2 - 2)}===` },
  {
    name: 'a fence that ends in the middle',
    make: (length) => cut(`\`\`\`\n${cut('a\n'.repeat(length), length / 2)}\n\`\`\`\n${'*a*'.repeat(length)}`, length),
  },
]

export const HOSTILE: readonly Hostile[] = [
  ...REPEATED.map((piece) => ({ name: JSON.stringify(piece), make: (length: number) => cut(piece.repeat(Math.ceil(length / piece.length)), length) })),
  ...GROWN,
]

/** A text put together from runs of a few of the pieces. `random`: between 0 and 1, never 1. */
export function randomHostile(random: () => number, length: number): string {
  const pieces = Array.from({ length: 2 + Math.floor(random() * 4) }, () => REPEATED[Math.floor(random() * REPEATED.length)] ?? 'a')
  let text = ''
  while (text.length < length) {
    const piece = pieces[Math.floor(random() * pieces.length)] ?? 'a'
    const times = random() < 0.7 ? 1 + Math.floor(random() * 4) : Math.floor(random() * 2_000)
    text += piece.repeat(times) + (random() < 0.1 ? '\n' : '') + (random() < 0.05 ? '\n\n' : '')
  }
  return text.slice(0, length)
}

function cut(text: string, length: number): string {
  return text.slice(0, length)
}

function growing(length: number, piece: (at: number) => string): string {
  let text = ''
  for (let at = 1; text.length < length; at += 1) text += piece(at)
  return cut(text, length)
}
