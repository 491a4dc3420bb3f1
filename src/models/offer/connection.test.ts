import { expect, test } from 'vitest'
import { readAddress } from './address'
import { idOf, keyed, parseConnection } from './connection'

test.each([
  ['https://models.example/v1', 'https://models.example/v1'],
  [' https://Models.Example:8443/a/v1// ', 'https://models.example:8443/a/v1'],
  ['https://xn--bcher-kva.example/v1', 'https://xn--bcher-kva.example/v1'],
  ['https://bücher.example/v1', 'https://xn--bcher-kva.example/v1'],
  ['https://api.groq.com/openai/v1', 'https://api.groq.com/openai/v1'],
  ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
  ['http://localhost/v1', 'http://localhost/v1'],
  ['http://localhost:80/v1', 'http://localhost/v1'],
  ['https://models.example:8000/openai/deployments/gpt-5.1/v1', 'https://models.example:8000/openai/deployments/gpt-5.1/v1'],
  ['https://models.example/a/../v1', 'https://models.example/v1'],
  ['https://models.testing.example/v1', 'https://models.testing.example/v1'],
  ['http://127.0.0.1:1234/v1/', 'http://127.0.0.1:1234/v1'],
  ['http://[::1]:8080/v1', 'http://[::1]:8080/v1'],
  // As a URL reads them, they are this machine.
  ['http://2130706433:8080/v1', 'http://127.0.0.1:8080/v1'],
  ['http://0x7f.1:8080/v1', 'http://127.0.0.1:8080/v1'],
])('[R161] %s may be connected on a machine of one’s own', (typed, url) => {
  expect(readAddress(typed, true)).toEqual({ ok: true, url })
})

const NOWHERE = [
  '',
  'models.example/v1',
  'ftp://models.example/v1',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/plain,x',
  'https:models.example',
  '//models.example/v1',
  'https://ann:pw@models.example/v1',
  'https://models.example@evil.example/v1',
  'https://models.example/v1?x=1',
  'https://models.example/v1?',
  'https://models.example/v1#x',
  'http://models.example/v1',
  'https://models.example:22/v1',
  'https://models.example:80/v1',
  'https://169.254.169.254/latest/meta-data',
  'http://169.254.169.254/latest/meta-data',
  'https://10.0.0.1/v1',
  'https://192.168.1.10/v1',
  'https://172.16.0.1/v1',
  'https://100.64.0.1/v1',
  'https://0.0.0.0/v1',
  'https://93.184.216.34/v1',
  'https://3627734734/v1',
  'https://0251.0376.0251.0376/v1',
  'https://[fe80::1]/v1',
  'https://[fd00::1]/v1',
  'https://[::ffff:127.0.0.1]/v1',
  'https://[::ffff:169.254.169.254]/v1',
  'https://[64:ff9b::7f00:1]/v1',
  'https://[2606:4700::1]/v1',
  'https://box/v1',
  'https://printer.local/v1',
  'https://metadata.google.internal/v1',
  'https://router.lan/v1',
  'https://x.localhost/v1',
  'https://models.example./v1',
  'https://localhost.:8080/v1',
  'https://-.example/v1',
  'https://_x.example/v1',
  'https://localhost.localdomain/v1',
  'https://box.localdomain:8443/v1',
  'https://models.corp/v1',
  'https://models.home/v1',
  'https://models.intranet/v1',
  'https://models.private/v1',
  'https://1.0.0.127.in-addr.arpa/v1',
  'https://models.onion/v1',
  'https://models.test/v1',
  'https://models.example:6379/v1',
  'https://models.example:5432/v1',
  'https://models.example:11211/v1',
  'https://models.example:2375/v1',
  'https://models.example:27017/v1',
  'https://models.example:1023/v1',
  'https://models.example:65536/v1',
  'https://models.example/v1\r\nHost: evil.example',
  'https://models.example/v1\r\n',
  '\nhttps://models.example/v1',
  'https://models.exa\tmple/v1',
  'https://models.example/v1 x',
  'https://models.example/v1\u0000',
  'https://models.example/v1\u200b',
  'https://models.example/v1\u2028x',
  'https:\\\\models.example\\v1',
  'https://models.example\\@evil.example/v1',
  'https://models.example/v1%0d%0ax',
  'https://models.example/v1%00',
  'https://models.example/%2e%2e/admin',
  'https://models.example/v1;x',
  `https://models.example/${'x'.repeat(300)}`,
] as const

test.each(NOWHERE)('[R161] %s is refused in words, whoever runs this', (typed) => {
  for (const isLocal of [true, false]) expect(readAddress(typed, isLocal)).toMatchObject({ ok: false, fault: expect.stringMatching(/^[A-Z].*\.$/) })
})

test.each(['http://localhost:11434/v1', 'https://localhost/v1', 'http://127.0.0.1:1234', 'http://[::1]:8080', 'http://2130706433:8080/v1'])(
  '[R161] %s is refused where this machine is nobody’s',
  (typed) => {
    expect(readAddress(typed, false)).toMatchObject({ ok: false })
  },
)

test.each([
  'http://localhost:22/v1',
  'http://127.0.0.1:25/v1',
  'http://[::1]:1023',
  'http://localhost:6379/v1',
  'http://127.0.0.1:5432',
  'http://[::1]:27017/v1',
  'http://2130706433:11211/v1',
  'http://localhost:2375/v1',
])('[R161] %s is no port of a model', (typed) => {
  expect(readAddress(typed, true)).toMatchObject({ ok: false })
})

test.each([
  [{ provider: 'openai', model: 'gpt-5-mini', key: 'sk-1' }, 'openai:gpt-5-mini'],
  [{ provider: 'anthropic', model: 'claude-haiku-5-5', key: 'k', address: 'http://ignored' }, 'anthropic:claude-haiku-5-5'],
  [{ provider: 'workers-ai', model: '@cf/meta/llama', key: 'k', account: 'abc1' }, 'workers-ai:@cf/meta/llama'],
  [{ provider: 'compatible', model: 'llama3.2:3b', address: 'http://localhost:11434/v1' }, 'openai:llama3.2:3b@3f9a1c2e'],
  [{ provider: 'compatible', model: 'm', address: 'http://localhost:11434/v1', label: ' Ollama at work ' }, 'openai:m@3f9a1c2e'],
])('[R160] [R177] %o is a model called %s, without its address', (typed, id) => {
  const parsed = parseConnection(typed, true)
  expect(parsed).toMatchObject({ ok: true })
  if (!parsed.ok) return
  // A key is beside the settings, never in them.
  const { settings } = parsed.connection
  expect([JSON.stringify(settings).includes('key'), idOf(settings, '3f9a1c2e')]).toEqual([false, id])
  expect('label' in settings ? settings.label : null).toBe('label' in typed ? 'Ollama at work' : null)
  expect(keyed(settings, null)).toMatchObject({ provider: typed.provider })
})

test.each([
  [{}, ['provider', 'model', 'key']],
  [{ provider: 'guide', model: 'x', key: 'k' }, ['provider']],
  [{ provider: 'constructor', model: 'x', key: 'k' }, ['provider']],
  [{ provider: 'openai', model: 'two words', key: 'k' }, ['model']],
  [{ provider: 'openai', model: 'x'.repeat(121), key: 'k' }, ['model']],
  [{ provider: 'openai', model: 'x', key: '' }, ['key']],
  [{ provider: 'openai', model: 'x', key: 'a b' }, ['key']],
  [{ provider: 'openai', model: 'x', key: 'ключ' }, ['key']],
  [{ provider: 'openai', model: 'x', key: 'k\r\nx-evil: 1' }, ['key']],
  [{ provider: 'workers-ai', model: '@cf/x', key: 'k' }, ['account']],
  [{ provider: 'workers-ai', model: '@cf/x', key: 'k', account: '../../x' }, ['account']],
  [{ provider: 'compatible', model: 'x' }, ['address']],
  [{ provider: 'compatible', model: 'x', address: 'https://models.example/v1', label: 'x'.repeat(41) }, ['label']],
  [{ provider: 'compatible', model: 'x', address: 'https://models.example/v1', label: '\u200b' }, ['label']],
])('[R160] %o is refused at %o', (typed, fields) => {
  const parsed = parseConnection(typed, true)
  expect(parsed.ok ? [] : Object.keys(parsed.faults)).toEqual(fields)
})
