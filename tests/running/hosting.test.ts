// Who can reach a server that was just started, and what it says about that.
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import { signInAsGuest } from '../support/guest'
import { startServer, type TestServer } from '../support/server'

/** An address under which other machines could reach this one. */
const [elsewhere] = Object.values(networkInterfaces())
  .flat()
  .filter((at) => at !== undefined && !at.internal && at.family === 'IPv4')
  .map((at) => at?.address ?? '')

let server: TestServer | undefined
afterEach(() => server?.stop())

async function start(env: Readonly<Record<string, string>>): Promise<TestServer> {
  server = await startServer({ env })
  return server
}

describe.skipIf(!elsewhere)('on a machine with a network', () => {
  it('[R31] keeps to itself unless told otherwise, and says how to', async () => {
    const { port, output } = await start({})
    expect(await listens('127.0.0.1', port)).toBe(true)
    expect(await listens(elsewhere ?? '', port)).toBe(false)
    expect(output).toContain(`Parley is ready: http://localhost:${port}`)
    expect(output).toContain('Only this machine can open it. To let others in, start it with HOST=0.0.0.0')
  })

  it('[R31] HOST=0.0.0.0 serves a network, at the addresses that it prints', async () => {
    const { port, output } = await start({ HOST: '0.0.0.0' })
    const printed = /^Others open: (.*)$/m.exec(output)?.[1]?.split(', ') ?? []
    expect(printed).toContain(`http://${elsewhere}:${port}`)
    for (const address of printed) await signInAsGuest(address, 'Ann')
    await signInAsGuest(`http://localhost:${port}`, 'Ann')
    expect(output).not.toContain('Only this machine')
  })

  it('[R31] HOST may be one address of the machine, and then it is only that', async () => {
    const { port, output } = await start({ HOST: elsewhere ?? '' })
    expect(await listens('127.0.0.1', port)).toBe(false)
    await signInAsGuest(`http://${elsewhere}:${port}`, 'Ann')
    expect(output).toContain(`Parley is ready: http://${elsewhere}:${port}`)
  })
})

it('[R31] PUBLIC_URL is where people sign in when a proxy stands in front, whatever Host the proxy sends', async () => {
  const { url, output } = await start({ PUBLIC_URL: 'https://chat.example/' })
  const body = new URLSearchParams({ name: 'Ann', next: '/' })
  const answer = await fetch(`${url}/sign-in`, { method: 'POST', headers: { origin: 'https://chat.example', accept: 'application/json' }, body })
  expect(answer.status).toBe(200)
  expect(answer.headers.getSetCookie().join('\n')).toMatch(/; Secure/)
  expect(output).toContain('Parley is ready: https://chat.example\n')
})

describe('settings that cannot be', () => {
  it.each([
    ['HOST', 'nobody.invalid', 'HOST is "nobody.invalid", which is no name or address of this machine'],
    ['HOST', '192.0.2.77', 'HOST is 192.0.2.77, which is no address of this machine'],
    ['HOSTS', 'chat.lan http://chat.lan', 'HOSTS names "http://chat.lan", which is no name'],
    ['HOSTS', 'chat.lan:5173', 'HOSTS names "chat.lan:5173", which is no name'],
    ['TRUST_PROXY', '10.0.0.0/33', 'TRUST_PROXY names "10.0.0.0/33"'],
    ['PUBLIC_URL', 'chat.example', 'PUBLIC_URL is "chat.example", which is not an address'],
  ])('[R31] %s=%s is refused in words', async (name, value, words) => {
    await expect(start({ [name]: value })).rejects.toThrow(words)
  })
})

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
