// What a text means, on a real screen and in every lane: as code, as a list, as a footnote, and never more or less than was written.
import { expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import { useStage } from '../e2e/stage/stage'

const stage = useStage()

const CODE = Array.from({ length: 260 }, (_, at) => `    my_long_name_${at} = some_other_name_${at} ** my_power_of_${at}`).join('\n')
const BULLETS = Array.from({ length: 400 }, (_, at) => `- **Point ${at}:** and what it says`).join('\n')

/** A text, and the HTML that its message must hold. */
const MEANT: readonly (readonly [text: string, html: string])[] = [
  ['2*3*4=24 and 5*6*7', '2*3*4=24 and 5*6*7'],
  ['__init__.py', '__init__.py'],
  ['¯\\_(ツ)_/¯', '¯\\_(ツ)_/¯'],
  ['\\\\server\\share', '\\\\server\\share'],
  ['snake\\_case and a\\_b\\_c', 'snake_case and a_b_c'],
  ['C:\\my\\_share and \\\\host\\my\\_share and D:\\_x', 'C:\\my\\_share and \\\\host\\my\\_share and D:\\_x'],
  ['def f(x):\n    if x:\n        return 1\n    return 2', 'def f(x):<br>    if x:<br>        return 1<br>    return 2'],
  ['20~25°C for 3~5 minutes', '20~25°C for 3~5 minutes'],
  ['a\n\n    def f():\n        return 1', '<code>def f():\n    return 1</code>'],
  ['**重要。**次に', '<strong>重要。</strong>次に'],
  ['blue[^1]\n\n[^1]: Rayleigh', '<sup>1</sup> Rayleigh <button'],
  ['[todo]: buy-milk', '[todo]: buy-milk'],
  ['https://example.org/path，谢谢', 'https://example.org/path</a>，谢谢'],
  ['|a|b|\n|-|-|\n|wash<br>peel|H<sub>2</sub>O|', '<td>wash<br>peel</td><td>H<sub>2</sub>O</td>'],
  ['&le; &ne; &frac12;', '≤ ≠ ½'],
]

it('[R40] a text is shown as what it means, whole and word by word, in every lane', { timeout: 180_000 }, async () => {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const writer = await stage.join(DRIVERS.agents, room, owner)
  const long = `${fence(CODE)}\n\n${BULLETS}`
  for (const [text] of MEANT) writer.client.post(`@Ann\n\n${text}`)
  writer.client.post(`@Ann\n\n${long.slice(0, 31_000)}`)
  await writer.postEach(MEANT.map(([text]) => `[[echo]]\n\n${text}`))
  // What fits into the context of a small model.
  writer.client.post(`[[echo]]\n\n${fence(CODE.slice(0, 9_000))}`)
  await writer.settled()
  const people = await Promise.all(LANES.map((lane) => stage.person(`Reader ${lane}`)))
  await Promise.all(people.map((who, at) => who.enter(room, LANES[at] ?? 'rsc')))
  for (const who of people) {
    await who.until('everything', async () => (await who.articles.count()) === 3 * (MEANT.length + 1))
    await who.settled()
    const drawn = await who.articles.evaluateAll((articles) =>
      articles.map((article) => article.querySelector('[data-part="text"]')?.innerHTML.replaceAll('<!-- -->', '') ?? ''),
    )
    for (const [text, html] of MEANT) {
      // Posted, asked for, and said word by word.
      expect(drawn.filter((shown) => shown.includes(html)).length, `${who.name}: ${text}`).toBeGreaterThanOrEqual(3)
    }
    const whole = drawn.filter((shown) => shown.includes('my_long_name_259') && (shown.match(/<strong>/g)?.length ?? 0) >= 400)
    expect(whole.length, who.name).toBe(1)
    expect(drawn.filter((shown) => shown.includes(`my_long_name_100 = `) && /<code>/.test(shown)).length, who.name).toBe(3)
    for (const shown of whole) expect(shown).not.toContain('```')
  }
  writer.close()
})

function fence(code: string): string {
  return `\`\`\`python\n${code}\n\`\`\``
}
