import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { Markdown } from './Markdown'

const html = (text: string, streaming = false, mentions: readonly string[] = []) =>
  renderToStaticMarkup(<Markdown text={text} streaming={streaming} mentions={mentions} />)
const words = (markup: string) => markup.replace(/<[^>]*>/g, '')

describe('safety', () => {
  test('HTML is shown as it was typed', () => {
    expect(html('<script>alert(1)</script>')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html('hi <img src=x onerror=alert(1)> there')).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html('<div onclick="x()">\n\n**bold**\n\n</div>')).not.toContain('<div onclick')
  })

  test.each([
    '[x](javascript:alert(1))',
    '[x](JAVASCRIPT:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](<javascript:alert(1)>)',
    '[x](data:text/html,hi)',
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '[x](/rooms/lobby)',
    '[x](//example.org)',
    '![x](javascript:alert(1))',
    '<javascript:alert(1)>',
    '[x][1]\n\n[1]: javascript:alert(1)',
  ])('%j is not a link', (text) => {
    expect(html(text)).not.toContain('<a')
  })

  test('links lead to the web or a mailbox, elsewhere, and tell nothing', () => {
    expect(html('[x](https://example.org/a)')).toContain('<a href="https://example.org/a" target="_blank" rel="noopener noreferrer nofollow">x</a>')
    expect(html('see https://example.org/?a=1&b=2 now')).toContain('href="https://example.org/?a=1&amp;b=2"')
    expect(html('ana@example.org')).toContain('href="mailto:ana@example.org"')
  })

  test('images are links and are never loaded', () => {
    const markup = html('![a cat](https://example.org/cat.png)')
    expect(markup).not.toContain('<img')
    expect(markup).toContain('>a cat</a>')
  })
})

describe('reading', () => {
  test('character references are read in text, not in code', () => {
    expect(words(html('a &amp;&amp; b &copy; `&amp;`'))).toBe('a &amp;&amp; b © &amp;amp;')
  })

  test('a line break is one on the screen', () => {
    expect(html('one\ntwo')).toContain('one<br/>two')
  })

  test('mentions are marked, addresses are not', () => {
    expect(html('ask @Guide about it', false, ['@Guide'])).toContain('<b>@Guide</b>')
    expect(html('`@Guide` a@Guide @Guides', false, ['@Guide'])).not.toContain('<b>')
    expect(html('ask @Guide about it')).not.toContain('<b>')
  })

  test.each([
    ['@Ann Lee and @Ann', ['@Ann Lee', '@Ann'], ['@Ann Lee', '@Ann']],
    ['@Ann Lee and @Annie', ['@Ann'], ['@Ann']],
    ['＠李雷你好', ['＠李雷'], ['＠李雷']],
    ['@क @कमल', ['@कमल'], ['@कमल']],
    ['@media print', [], []],
    ['**@Ann**, [@Ann](https://a.b) `@Ann`', ['@Ann'], ['@Ann']],
    ['@Zoe\u0308, hi', ['@Zoe\u0308'], ['@Zoe\u0308']],
    ['@Ann #2 and @Ann', ['@Ann #2'], ['@Ann #2']],
  ])('[R82] the mark covers exactly the name: %j with %j', (text, mentions, marked) => {
    expect([...html(text, false, mentions).matchAll(/<b>([^<]*)</g)].map(([, name]) => name)).toEqual(marked)
  })

  test('tables, task lists and code in an unknown language render', () => {
    expect(html('|a|b|\n|-|-:|\n|1|2|')).toContain('<td data-align="right">2</td>')
    expect(html('- [x] done')).toContain('aria-label="Done"')
    expect(html('```klingon\nnuqneH\n```')).toContain('<code>nuqneH</code>')
  })
})

describe('what is meant is what is shown', () => {
  test('260 lines of snake_case in a fence are code, 400 bullets in bold are a list, and stay so while they grow', () => {
    const code = Array.from({ length: 260 }, (_, at) => `    my_long_name_${at} = some_other_name_${at} * 2 ** my_power_of_${at}`).join('\n')
    const bullets = Array.from({ length: 400 }, (_, at) => `- **Point ${at}:** and what it says`).join('\n')
    const text = `\`\`\`python\n${code}\n\`\`\`\n\n${bullets}`
    for (const part of [text.slice(0, 12_000), text.slice(0, -5), text]) expect(html(part, true)).toContain('my_long_name_0 = some')
    expect(html(text).match(/<strong>/g)).toHaveLength(400)
    expect(words(html(text))).toContain(code)
  })

  test.each([
    ['20~25°C for 3~5 minutes', '<p>20~25°C for 3~5 minutes</p>'],
    ['~~gone~~ ~kept~', '<p><del>gone</del> ~kept~</p>'],
    ['a\n\n    def f():\n        return 1', '<code>def f():\n    return 1</code>'],
    ['**重要。**次に', '<strong>重要。</strong>次に'],
    ['これは**「重要」**です', '<strong>「重要」</strong>'],
    ['blue[^1] and [^2]\n\n[^1]: Rayleigh', '<p>blue<sup><button type="button" data-to="note" value="1" aria-label="Footnote 1">1</button></sup> and [^2]</p>'],
    ['blue[^1]\n\n[^1]: Rayleigh', '<sup>1</sup> Rayleigh <button type="button" data-to="reference" value="1" aria-label="Back to footnote 1"></button></p>'],
    ['[^1]: alone', 'alone'],
    ['[todo]: buy-milk', '[todo]: buy-milk'],
    ['list\n\n[todo]: https://example.org', '[todo]: https://example.org'],
    ['https://example.org/path，谢谢', 'https://example.org/path</a>，谢谢'],
    ['see main.py and www.example.org/a', '<p>see main.py and <a href="http://www.example.org/a"'],
    ['|a|b|\n|-|-|\n|wash<br>peel|H<sub>2</sub>O|', '<td>wash<br/>peel</td><td>H<sub>2</sub>O</td>'],
    ['<kbd>Ctrl</kbd> 2<SUP>3</SUP> <sub>no <sup>', '<kbd>Ctrl</kbd> 2<sup>3</sup> &lt;sub&gt;no &lt;sup&gt;'],
    ['<sub onclick="x">a</sub>', '&lt;sub onclick=&quot;x&quot;&gt;a&lt;/sub&gt;'],
    ['**<sub>a**</sub>', '<strong>&lt;sub&gt;a</strong>&lt;/sub&gt;'],
    [
      '<details>\n<summary>More **here**</summary>\n\n- a\n\n</details>\n\nend',
      '<details><summary>More <strong>here</strong></summary><ul dir="auto"><li>a</li></ul></details><p>end</p>',
    ],
    ['&le; &ne; &frac12; &amp;', '≤ ≠ ½ &amp;'],
    ['[![badge](https://a.b/c.svg)](https://a.b)', '>badge</a>'],
    ['[](https://a.b/c)', '>https://a.b/c</a>'],
  ])('%j', (text, shown) => {
    expect(html(text)).toContain(shown)
  })
})

describe('streaming', () => {
  test('markup that is still open is closed', () => {
    expect(html('this is **bold', true)).toContain('<strong>bold</strong>')
    expect(html('run `npm', true)).toContain('<code>npm</code>')
  })

  test.each([
    ['a ~~b', '<p>a <del>b</del></p>'],
    ['a **b *c', '<p>a <strong>b <em>c</em></strong></p>'],
    ['a **', '<p>a</p>'],
    ['a **b*', '<p>a <strong>b</strong></p>'],
    ['- one\n- two `x', '<ul dir="auto"><li>one</li><li>two <code>x</code></li></ul>'],
    ['Sum up:\n-', '<p>Sum up:</p>'],
    ['[a][1]\n\n[1]: http', '<p>[a][1]</p>'],
    ['![a cat](http', '<p>a cat</p>'],
    ['H<sub>2', '<p>H<sub>2</sub></p>'],
    ['H<su', '<p>H</p>'],
  ])('%j', (text, shown) => {
    expect(html(text, true)).toBe(`<div class="prose-message" data-streaming="true">${shown}</div>`)
  })

  test('half a link is only its words', () => {
    const markup = html('see [the docs](https://exam', true)
    expect(markup).not.toContain('<a')
    expect(words(markup)).toBe('see the docs')
  })

  test('a settled message is never changed', () => {
    expect(words(html('2 ** 3 and `tick'))).toBe('2 ** 3 and `tick')
  })

  test('every beginning of a text renders', () => {
    const text = '# A\n\n- one **two**\n  - `x`\n\n|a|b|\n|-|-|\n|1|2|\n\n```ts\nlet a = 1\n```\n\n> [q](https://a.b) ![i](https://c.d/e.png) <b>h</b> ~~s~~'
    for (let length = 0; length <= text.length; length++) expect(() => html(text.slice(0, length), true)).not.toThrow()
  })
})

describe('hostile text is shown as it was typed, soon', () => {
  test.each([
    ['quotes', '>'.repeat(32_000)],
    ['lists', '+ '.repeat(16_000)],
    ['numbers', '1. '.repeat(10_000)],
    ['underscores', '_a'.repeat(16_000)],
    ['stars', '**a'.repeat(10_000)],
    ['brackets', '['.repeat(32_000)],
    ['indented lists', Array.from({ length: 240 }, (_, depth) => `${' '.repeat(depth)}- a`).join('\n')],
  ])('%s', (_name, text) => {
    const before = performance.now()
    expect(words(html(text)).length).toBeGreaterThan(0)
    // Two seconds on any machine; honest Markdown of this length takes a few milliseconds.
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})
