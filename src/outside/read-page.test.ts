import { expect, test } from 'vitest'
import { readPage } from './read-page'
import { endless, leadingTo, page, type Web, webOf } from './testing/web'

const HOME = 'https://www.example.com/'

function read({ ask }: Web, { address = HOME, loopback = false, timeMs = 10_000, signal = new AbortController().signal, most = 30_000 } = {}) {
  return readPage({ address, ask, reach: { loopback, plain: true }, signal, most, timeMs })
}

const HTML = `<!doctype html><html><head><title>Caf&eacute; &amp; Co.</title><style>p { color: red }</style><script>var a = "</p>"</script></head>
<body><h1>Menu</h1><p>Tea is <b>hot</b>. <a href="/more?x=1">More</a></p><!-- hidden --><ul><li>one<li>two</ul><table><tr><th>A<th>B<tr><td>1<td>2</table></body></html>`

test('[R222] HTML is read as Markdown, without scripts, styles and comments, its links with their whole address', async () => {
  const got = await read(webOf({ [HOME]: page(HTML) }))
  expect(got).toEqual({
    ok: true,
    page: {
      address: HOME,
      title: 'Café & Co.',
      text: '# Menu\n\nTea is **hot**. [More](https://www.example.com/more?x=1)\n\n- one\n- two\n\n| A | B |\n| --- | --- |\n| 1 | 2 |',
      isWhole: true,
    },
  })
})

test('[R222] text of other kinds stands as it came, and what is no text is refused by its name', async () => {
  expect(await read(webOf({ [HOME]: page('{"a": "<b>"}', 'application/json') }))).toMatchObject({ ok: true, page: { title: null, text: '{"a": "<b>"}' } })
  expect(await read(webOf({ [HOME]: page('# Hello', 'text/markdown; charset=utf-8') }))).toMatchObject({ ok: true, page: { text: '# Hello' } })
  const refused = async (type: string) => read(webOf({ [HOME]: () => new Response('x', { headers: { 'content-type': type } }) }))
  for (const type of ['image/png', 'application/octet-stream', 'application/pdf', 'video/mp4', 'multipart/x-mixed-replace', 'text/event-stream']) {
    expect(await refused(type)).toEqual({ ok: false, fault: `This page is ${type}, which is no text.` })
  }
  expect(await read(webOf({ [HOME]: () => new Response(new Uint8Array([1])) }))).toEqual({ ok: false, fault: 'This page does not say what it is.' })
  expect(await read(webOf({}))).toEqual({ ok: false, fault: 'This page answers 404.' })
})

test.each([
  ['what was sent with it', 'text/html; charset=ISO-8859-1', [0x63, 0x61, 0x66, 0xe9]],
  ['what it says of itself', 'text/html', [...new TextEncoder().encode('<meta charset="iso-8859-1">'), 0x63, 0x61, 0x66, 0xe9]],
  ['its mark, whatever was said', 'text/html; charset=ISO-8859-1', [0xef, 0xbb, 0xbf, 0x63, 0x61, 0x66, 0xc3, 0xa9]],
  ['UTF-16', 'text/plain; charset=utf-16le', [0x63, 0, 0x61, 0, 0x66, 0, 0xe9, 0]],
  ['UTF-8 where nothing is said', 'text/plain', [0x63, 0x61, 0x66, 0xc3, 0xa9]],
  ['UTF-8 where nobody knows the name', 'text/html; charset=klingon', [0x63, 0x61, 0x66, 0xc3, 0xa9]],
])('[R222] a page is read in its character set: %s', async (_, type, bytes) => {
  expect(await read(webOf({ [HOME]: page(new Uint8Array(bytes), type) }))).toMatchObject({ ok: true, page: { text: 'café' } })
})

test('[R220] every address that a page leads on to is read by the rule before it is asked', async () => {
  const refused = async (location: string, status = 302) => {
    const web = webOf({ [HOME]: leadingTo(location, status) })
    const got = await read(web)
    return [web.asked, got.ok ? 'read' : got.fault]
  }
  for (const inside of [
    'https://127.0.0.1/',
    'https://localhost/',
    'https://169.254.169.254/',
    'https://[::ffff:10.0.0.1]/',
    '//2130706433/',
    'https://me@www.example.com/',
    'https://www.example.com:22/',
  ]) {
    for (const status of [301, 302, 303, 307, 308]) {
      expect(await refused(inside, status)).toEqual([[HOME], expect.stringMatching(/^This address leads on to another that is not asked\. [A-Z]/)])
    }
  }
  expect(await refused('http://www.example.org/')).toEqual([[HOME], 'This address leads on to one without https://.'])
  expect(await refused('file:///etc/passwd')).toEqual([[HOME], 'This address leads on to one without https://.'])
  expect(await refused('https://')).toEqual([[HOME], 'This address leads on to nowhere.'])
  expect(await read(webOf({ [HOME]: () => new Response(null, { status: 302 }) }))).toEqual({ ok: false, fault: 'This address leads on to nowhere.' })
})

test('[R220] five redirects are followed, and a sixth is not', async () => {
  const chain = (length: number) => {
    const steps = Array.from({ length }, (_, at) => [`https://www.example.com/${at}`, leadingTo(`/${at + 1}`)] as const)
    return webOf({ ...Object.fromEntries(steps), [`https://www.example.com/${length}`]: page('<p>here') })
  }
  const first = 'https://www.example.com/0'
  expect(await read(chain(5), { address: first })).toMatchObject({ ok: true, page: { address: 'https://www.example.com/5', text: 'here' } })
  const six = chain(6)
  expect(await read(six, { address: first })).toEqual({ ok: false, fault: 'This address leads on more than 5 times.' })
  expect(six.asked).toHaveLength(6)
  const plain = webOf({ 'http://www.example.com/': leadingTo('https://www.example.org/'), 'https://www.example.org/': page('up') })
  expect(await read(plain, { address: 'http://www.example.com/' })).toMatchObject({ ok: true, page: { address: 'https://www.example.org/' } })
})

test('[R221] where this machine may be asked, a page elsewhere may still not lead to it over plain HTTP', async () => {
  const web = webOf({ [HOME]: leadingTo('http://127.0.0.1:8080/'), 'http://localhost:8080/': page('here') })
  expect(await read(web, { loopback: true })).toEqual({ ok: false, fault: 'This address leads on to one without https://.' })
  expect(await read(web, { loopback: true, address: 'http://localhost:8080/' })).toMatchObject({ ok: true, page: { text: 'here' } })
})

test('[R223] a page is given up at 2 MB, and at the end of its time, however it comes', async () => {
  const flood = endless('<p>word</p>'.repeat(1_000))
  expect(await read(webOf({ [HOME]: () => new Response(flood.body, { headers: { 'content-type': 'text/html' } }) }))).toEqual({
    ok: false,
    fault: 'This page is larger than 2 MB.',
  })
  expect(flood.state.isHungUp).toBe(true)
  expect(flood.state.sent).toBeLessThan(2.2 * 1024 * 1024)
  const drip = endless('x', 5)
  const slow = { timeMs: 100 }
  expect(await read(webOf({ [HOME]: () => new Response(drip.body, { headers: { 'content-type': 'text/html' } }) }), slow)).toEqual({
    ok: false,
    fault: 'This page did not come within 0 seconds.',
  })
  await expect.poll(() => drip.state.isHungUp).toBe(true)
  expect(await read(webOf({ [HOME]: async () => new Promise<Response>(() => {}) }), slow)).toMatchObject({ ok: false })
  const lost = { ask: () => Promise.reject(new Error('internal error; reference = 1')), asked: [] }
  expect(await read(lost)).toEqual({ ok: false, fault: 'This page cannot be reached.' })
})

test('[R223] whoever stops the turn waits for no page', async () => {
  const stop = new AbortController()
  const reading = read(webOf({ [HOME]: async () => new Promise<Response>(() => {}) }), { signal: stop.signal })
  stop.abort()
  expect(await reading).toMatchObject({ ok: false })
})

const many = (text: string, length = 1_900_000) => text.repeat(Math.ceil(length / text.length))

test.each(
  Object.entries({
    'open tags': many('<b>x'),
    'tags with names of their own': Array.from({ length: 120_000 }, (_, at) => `<b a${at}>x`).join(''),
    depth: many('<div>'),
    quotations: many('<blockquote>'),
    lists: many('<ul><li>'),
    'rows of a table': `<table>${many('<tr><td>x')}`,
    'words beside a table': `<table>${many('x<b>')}`,
    'a tag that never ends': `<a ${Array.from({ length: 200_000 }, (_, at) => `a${at}=b`).join(' ')}`,
    'a quotation mark that never ends': `<a ${many('x="')}`,
    'a comment that never ends': `<!--${many('-- >')}`,
    'scripts that never end': many('<script>'),
    'a title that never ends': `<title>${many('x')}`,
    titles: many('<title>'),
    'signs that begin a tag': many('<'),
    entities: many('&amp'),
    blanks: many(' '),
    nothing: many('\0'),
    'closing tags': many('</p></b>'),
    code: many('<pre><code>'),
  }),
)('[R223] a hostile page takes bounded work, and others have their turn meanwhile: %s', async (_, html) => {
  let turns = 0
  const others = setInterval(() => (turns += 1), 0)
  const got = await read(webOf({ [HOME]: page(html) }), { timeMs: 60_000, most: 20_000 })
  clearInterval(others)
  expect(got.ok && got.page.text.length <= 20_000).toBe(true)
  expect(turns).toBeGreaterThan(10)
})
