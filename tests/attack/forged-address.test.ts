// One who asks too much, and names another network in every request: nobody believes it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server'
import { rawHttp } from './raw-http'

/** As many as a stranger's network may ask for at once, several times over (docs/limits.md). */
const MOST = 1_500
const AT_ONCE = 50

let server: TestServer
beforeAll(async () => {
  server = await startServer({ env: { ADDRESS_LIMITS: '', REQUEST_LIMITS: '' } })
})
afterAll(() => server.stop())

/** What a client may write of where it comes from, another place each time. */
function claims(n: number): Readonly<Record<string, string>> {
  const address = `203.0.${n >> 8}.${n & 0xff}`
  return {
    'x-forwarded-for': address,
    'x-real-ip': address,
    'cf-connecting-ip': address,
    'true-client-ip': address,
    forwarded: `for=${address}`,
    'mf-cf-blob': JSON.stringify({ clientIp: `${address}:1` }),
  }
}

it('[R30] a network is refused what is too much, whatever each request says of where it comes from', async () => {
  let refused = false
  for (let asked = 0; asked < MOST && !refused; asked += AT_ONCE) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => rawHttp(server.url, '/nowhere', { headers: claims(asked + n) })))
    refused = answers.some(({ status }) => status === 429)
  }
  expect(refused).toBe(true)
})
