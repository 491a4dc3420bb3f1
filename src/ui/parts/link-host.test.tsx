// A link whose words name another place than the one it leads to says where it leads [R80].
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Markdown } from './Markdown'

const html = (text: string, streaming = false) => renderToStaticMarkup(<Markdown text={text} streaming={streaming} />)
const named = (markup: string) => [...markup.matchAll(/<span data-host=""> \(([^<]*)\)<\/span>/g)].map(([, host]) => host)

/** All seem to name a place, and all lead to evil.test. */
const DECEIVING: readonly string[] = [
  // Markup in the words
  '[**google.com**](http://evil.test/x)',
  '[*https://google.com/login*](http://evil.test)',
  '[~~google.com~~](http://evil.test)',
  '[google<sub></sub>.com](http://evil.test)',
  '[google.com<sub></sub>](http://evil.test)',
  '[<kbd>google.com</kbd>](http://evil.test)',
  '[goo`gle`.com](http://evil.test)',
  '[**google.com**][1]\n\n[1]: http://evil.test',
  '[**google**.com](http://evil.test)',
  '[`google.com`](http://evil.test)',
  '[<sup>goo</sup><sub>gle.c</sub>om](http://evil.test)',
  '[***google***`.`*com*](http://evil.test)',
  '[_**~~`www.google.com`~~**_](http://evil.test)',
  '[![google.com](https://a.b/c.png)](http://evil.test)',
  '[go![ogle.co](https://a.b/c.png)m](http://evil.test)',
  '![google.com](http://evil.test)',
  '![**google**.com](http://evil.test)',
  '[google&#46;com](http://evil.test)',
  '[**goo**gle&period;c&#111;m](http://evil.test)',
  '[google<br>.com](http://evil.test)',
  '[google\\.com](http://evil.test)',
  '> - [**google.com**](http://evil.test)',
  '|a|\n|-|\n|[**google.com**](http://evil.test)|',
  '# [**google.com**](http://evil.test)',
  // Formulas are drawn from whatever says so
  '[\\(google.com\\)](http://evil.test)',
  '[$google.com$](http://evil.test)',
  '[the \\(\\text{goo}\\text{gle}\\) site](http://evil.test)',
  // Anywhere in the words
  '[google.com\u00a0→](http://evil.test)',
  '[log in at google.com today](http://evil.test)',
  '[**Log in** (https://google.com/login)](http://evil.test)',
  '[«google.com»](http://evil.test)',
  '[🔒google.com](http://evil.test)',
  '[evil.test and google.com](http://evil.test)',
  '[evil.test/a google.com](http://evil.test)',
  '[and/or/google.com](http://evil.test)',
  '[from:google.com:443](http://evil.test)',
  '[bob@google.com](http://evil.test)',
  '[https://evil.test@google.com/](http://evil.test)',
  '[https://google.com@evil.test](http://evil.test)',
  '[http:\\\\\\\\google.com](http://evil.test)',
  '[https://intranet/login](http://evil.test)',
  '[http://2130706433/](http://evil.test)',
  '[192.168.1.1](http://evil.test)',
  '[163.com](http://evil.test)',
  '[google.com/README.md](http://evil.test/README.md)',
  '[README.md](http://evil.test/other.md)',
  '[https://node.js](http://evil.test/node.js)',
  // Other signs for the same
  '[google。com](http://evil.test)',
  '[ｇｏｏｇｌｅ．ｃｏｍ](http://evil.test)',
  '[google｡com](http://evil.test)',
  '[login at google․com](http://evil.test)',
  '[google·com](http://evil.test)',
  '[google•com](http://evil.test)',
  '[google・com](http://evil.test)',
  '[google\u2009.\u200acom](http://evil.test)',
  '[goo\u200bgle.com](http://evil.test)',
  '[google\u00ad.com](http://evil.test)',
  '[google.\u2060com](http://evil.test)',
  '[google\u3164.com](http://evil.test)',
  '[google\ufe0f.com](http://evil.test)',
  '[\u202emoc.elgoog\u202c](http://evil.test)',
  '[\u202eoc.t\u202c](http://evil.test)',
  '[gооgle.com](http://evil.test)',
  '[ɡoogle.com](http://evil.test)',
  '[ⓖⓞⓞⓖⓛⓔ.ⓒⓞⓜ](http://evil.test)',
  '[𝐠𝐨𝐨𝐠𝐥𝐞.𝐜𝐨𝐦](http://evil.test)',
  '[🇬🇴🇴🇬🇱🇪.com](http://evil.test)',
  '[🅶🅾🅾🅶🅻🅴.com](http://evil.test)',
  '[g\u0336o\u0336o\u0336gle.com](http://evil.test)',
  '[HTTPS：／／google.com](http://evil.test)',
  '[правительство.рф](http://evil.test)',
  '[例え.テスト](http://evil.test)',
  // Beside the link
  'google.[com](http://evil.test)',
  '[google](http://evil.test).com',
  '**google.**[com](http://evil.test)',
  // Longer than anything honest
  `[${'\u200b'.repeat(3_000)}**google.com**](http://evil.test)`,
  `[${'a '.repeat(2_000)}google.com](http://evil.test)`,
]

test.each(DECEIVING)('[R80] the true site stands beside %j', (text) => {
  expect(named(html(text))).toEqual(['evil.test'])
  expect(named(html(`${text}\n\n`, true))).toEqual(['evil.test'])
})

test.each([
  ['[mail bob@bank.com](mailto:eve@evil.test)', 'eve@evil.test'],
  ['[**bob@bank.com**](mailto:eve@evil.test)', 'eve@evil.test'],
  ['[bob@bank.com](mailto:eve@bank.com)', 'eve@bank.com'],
  ['[bob@ｂａｎｋ。com](mailto:eve@evil.test)', 'eve@evil.test'],
  ['[the people of bank.com](mailto:eve@evil.test)', 'eve@evil.test'],
  ['[bob@bank.com](mailto:bob@bank.com,eve@evil.test)', 'bob@bank.com, eve@evil.test'],
  ['[bob@bank.com](mailto:bob@bank.com?subject=Hi&BCC=eve%40evil.test)', 'bob@bank.com, eve@evil.test'],
  ['[bob@bank.com](mailto:?to=eve@evil.test)', 'eve@evil.test'],
  ['[https://bank.com](mailto:eve@evil.test)', 'eve@evil.test'],
  ['[$bob@bank.com$](mailto:eve@evil.test)', 'eve@evil.test'],
  ['[a](http://evil.test)[google.com](http://evil.test)', 'evil.test'],
  ['https://аррӏе.com/', 'xn--80ak6aa92e.com'],
  ['[**https://аррӏе.com/**](https://аррӏе.com/)', 'xn--80ak6aa92e.com'],
  ['[google.com](https://docs.google.com/a)', 'docs.google.com'],
])('[R80] %j leads to %j', (text, where) => expect(named(html(text)).at(-1)).toBe(where))

/** Their words leave no doubt, or name no place. */
const HONEST: readonly string[] = [
  '[the docs](https://a.b)',
  '[example.com](https://www.example.com/x)',
  '[www.example.com](https://example.com/x)',
  '[**Example.com**](https://example.com)',
  '[see example.com, please](https://example.com/a)',
  '[`https://example.com/a?b=c.d`](https://example.com/a?b=c.d)',
  '[https://example.com:8080/a/google.com](https://example.com:8080/a/google.com)',
  '[(https://example.com).](https://example.com)',
  '[ｅｘａｍｐｌｅ．com](https://example.com)',
  '[README.md](https://github.com/a/b/blob/main/README.md)',
  '[`main.py`](https://github.com/a/b/blob/main/src/main.py#L3)',
  '[index.html and app.test.ts](https://a.b/c)',
  '[node.js](https://nodejs.org)',
  '[Next.js 15.1](https://nextjs.org)',
  '[v1.2.3](https://a.b/c)',
  '[1.2.3-rc.1](https://a.b/c)',
  '[2.0.0.beta](https://a.b/c)',
  '[e.g. this, i.e. that, the U.S.A., at 5 p.m.](https://a.b/c)',
  '[3.5kg, 1.5GB and 0.25](https://a.b/c)',
  '[wait...what](https://a.b/c)',
  '[The end. Then more.](https://a.b/c)',
  '[Docs · Guide](https://a.b/c)',
  '[这是说明。请看](https://a.b/c)',
  '[レオナルド・ダ・ヴィンチ](https://a.b/c)',
  '[1.安装](https://a.b/c)',
  '[the .env file, .gitignore and .NET](https://a.b/c)',
  '[@scope/name and and/or](https://a.b/c)',
  '[Ann & Bo: 50% (new)](https://a.b/c)',
  '[a](https://a.b)[c](https://c.d)',
  'see ([the docs](https://a.b)).',
  '看[文档](https://a.b)。好',
  'v1.2.[3](https://a.b)',
  '![a cat](https://a.b/cat.png)',
  '[![build](https://a.b/c.svg)](https://c.d)',
  '[](https://a.b/c)',
  '<https://a.b/c.d>',
  'https://example.com/path，谢谢 and www.example.com/a and http://[::1]:80/a',
  'ann@example.com <bo@example.com> mailto:cy@example.com',
  '[Write to Ann](mailto:ann@example.com?cc=bo@example.com)',
  '[Ann@example.com](mailto:ann@example.com?subject=a.bc)',
  '[mail example.com](mailto:ann@example.com)',
  'https://例え.jp/ https://пример.рф/ [пример.рф](https://пример.рф) [münchen.de](https://münchen.de)',
  `https://example.com/${'a.bc/'.repeat(1_000)}`,
]

test.each(HONEST)('[R80] nothing stands beside the links of %j', (text) => {
  expect(html(text)).toContain('<a href')
  expect(named(html(text))).toEqual([])
})

test('[R40] a text of links that name long places is read in a moment', () => {
  const texts = ['[a.', `[${'a.'.repeat(15_000)}bc](http://a.b)`, `[${'@'.repeat(30_000)}b.cd](http://a.b)`, `[${'http://'.repeat(4_000)}](http://a.b)`]
  const started = performance.now()
  for (const text of [...texts, '[b.cd](http://a.b)'.repeat(1_700), '[b.cd'.repeat(6_000), `[${'。a'.repeat(15_000)}.bc](http://a.b)`]) html(text)
  expect(performance.now() - started).toBeLessThan(4_000)
})
