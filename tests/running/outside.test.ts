// The way out that `npm start` gives the worker for addresses that people and models choose: where a name leads is seen when it is opened.
import { createServer } from 'node:http'
import { hostname } from 'node:os'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { loadMiniflare } from '../../scripts/miniflare.mjs'
import { outside } from '../../scripts/serve.mjs'
import { startServer, type TestServer } from '../support/server'

const SCRIPT = `export default {
  async fetch(request, env) {
    try {
      const response = await env.OUTSIDE.fetch(await request.text(), { redirect: 'manual' })
      return new Response('answered ' + response.status)
    } catch { return new Response('not reached') }
  }
}`

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function wayOut(loopback: boolean): Promise<(address: string) => Promise<string>> {
  const { convertV4MiniflareOptions, Miniflare } = await loadMiniflare()
  const worker = { name: 'asks', modules: true, script: SCRIPT, compatibilityDate: '2026-11-17', serviceBindings: { OUTSIDE: { network: outside(loopback) } } }
  const miniflare = new Miniflare(convertV4MiniflareOptions({ workers: [worker] }))
  ends.push(async () => miniflare.dispose())
  return async (address) => (await miniflare.dispatchFetch('http://worker/', { method: 'POST', body: address })).text()
}

async function listening(): Promise<{ readonly port: number; readonly asked: () => number }> {
  let asked = 0
  const server = createServer((_, response) => {
    asked += 1
    response.end('inside')
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  ends.push(() => server.close())
  return { port: (server.address() as AddressInfo).port, asked: () => asked }
}

test('[R220] whatever a name leads to, nothing but the public internet is reached', async () => {
  const inside = await listening()
  const ask = await wayOut(false)
  for (const host of [
    'localhost',
    hostname(),
    '127.0.0.1',
    '127.9.9.9',
    '[::1]',
    '0.0.0.0',
    '[::ffff:127.0.0.1]',
    '169.254.169.254',
    '10.0.0.1',
    '[fe80::1]',
    '168.63.129.16',
  ]) {
    expect([host, await ask(`http://${host}:${inside.port}/`)]).toEqual([host, 'not reached'])
  }
  expect(inside.asked()).toBe(0)
})

test('[R221] with ALLOW_LOOPBACK this machine is reached, and no network of its own', async () => {
  const inside = await listening()
  const ask = await wayOut(true)
  for (const host of ['localhost', '127.0.0.1', '[::1]']) expect([host, await ask(`http://${host}:${inside.port}/`)]).toEqual([host, 'answered 200'])
  for (const host of ['10.0.0.1', '169.254.169.254', '[fe80::1]']) expect([host, await ask(`http://${host}:${inside.port}/`)]).toEqual([host, 'not reached'])
  expect(inside.asked()).toBe(3)
})

test('[R221] ALLOW_LOOPBACK is said at the start, and is 1 or nothing', async () => {
  let server: TestServer = await startServer({ env: { ALLOW_LOOPBACK: '1' } })
  ends.push(async () => server.stop())
  expect(server.output).toContain('ALLOW_LOOPBACK=1: agents may use servers and pages on this machine. For developing only')
  server = await startServer({ env: { ALLOW_LOOPBACK: '' } })
  expect(server.output).not.toContain('ALLOW_LOOPBACK')
  await expect(startServer({ env: { ALLOW_LOOPBACK: 'yes' } })).rejects.toThrow('ALLOW_LOOPBACK is "yes"')
})
