// A reply as models write them: sections of headings, paragraphs, lists, code and tables, cut into tokens. No two sections
// are the same, and every prefix of one is the same whatever its length.

const WORDS = 'the room keeps what was said and sends to each of its readers only what is new while nobody waits for anybody else'.split(' ')

/** The first so many tokens of it: words with the white space after them, some six characters each. */
export function markdownTokens(count: number): readonly string[] {
  const tokens: string[] = []
  for (let section = 1; tokens.length < count; section += 1) tokens.push(...(sectionOf(section).match(/\S+\s*/g) ?? []))
  return tokens.slice(0, count)
}

function sectionOf(n: number): string {
  const words = (from: number, length: number) => Array.from({ length }, (_, at) => WORDS[(n * 7 + from + at) % WORDS.length]).join(' ')
  return [
    `## Part ${n}: ${words(0, 4)}`,
    `In part ${n}, **${words(3, 3)}** ${words(6, 30)}, as \`keep(${n})\` does, see [the notes](https://parley.example/${n}) and *${words(9, 2)}*.`,
    [1, 2, 3, 4, 5].map((item) => `- ${words(item, 8)} and \`item_${item}\``).join('\n'),
    `\`\`\`ts\n${[1, 2, 3, 4, 5, 6].map((line) => `const part${n}_${line} = room.read({ from: ${line}, to: ${n} })`).join('\n')}\n\`\`\``,
    `${words(5, 40)} ${words(2, 12)}.`,
    `| what | how many | why |\n| --- | ---: | --- |\n${[1, 2, 3].map((row) => `| ${words(row, 2)} | ${n * row} | ${words(row + 4, 4)} |`).join('\n')}`,
    `> ${words(8, 20)}\n\n`,
  ].join('\n\n')
}
