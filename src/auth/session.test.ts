// Which cookie says who is asking.
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { visitorFrom } from './session'

const SECRET = 'q9Jc-0dXbH1r_WkVtY3uZs7LmPoE5iNfGa2hTx4RyKw'
const BEFORE = Date.UTC(2026, 10, 24)
const AFTER = Date.UTC(2026, 11, 2)

/** The sessions that there are: their tokens, and when they were made. */
const SESSIONS: ReadonlyMap<string, number> = new Map([
  ['mine', BEFORE],
  ['theirs', BEFORE],
  ['young', AFTER],
])

function envAt(site: string): Env {
  const row = (token: string) => ({
    sessionId: token,
    expiresAt: '2999-01-01T00:00:00Z',
    createdAt: new Date(SESSIONS.get(token) ?? 0).toISOString(),
    id: token,
    name: 'Ann',
  })
  const prepare = () => ({ bind: (token: string) => ({ first: async () => (SESSIONS.has(token) ? row(token) : null) }) })
  return { BETTER_AUTH_SECRET: SECRET, PUBLIC_URL: site, DB: { prepare } } as unknown as Env
}

function signed(token: string, secret = SECRET): string {
  return encodeURIComponent(`${token}.${createHmac('sha256', secret).update(token).digest('base64')}`)
}

async function whoAsks(cookie: string, site = 'https://parley.example') {
  const visitor = await visitorFrom(new Request(site, { headers: { cookie } }), envAt(site))
  return visitor && { id: String(visitor.member.id), newCookies: visitor.newCookies }
}

const HOST = '__Host-parley.session_token'
const OLD = '__Secure-parley.session_token'

test('[R49] over HTTPS it is one that no other host can set', async () => {
  expect(await whoAsks(`a=b; ${HOST}=${signed('mine')}; c=d`)).toEqual({ id: 'mine', newCookies: [] })
  for (const cookie of [
    `parley.session_token=${signed('mine')}`,
    `${HOST}=${signed('mine', 'another secret of thirty-two chars')}`,
    `${HOST}=mine`,
    `${HOST}=`,
    '',
  ])
    expect([cookie, await whoAsks(cookie)]).toEqual([cookie, null])
})

test('[R49] another host’s cookie beside it changes nothing, whichever comes first', async () => {
  for (const cookie of [`${OLD}=${signed('theirs')}; ${HOST}=${signed('mine')}`, `${HOST}=${signed('mine')}; ${OLD}=${signed('theirs')}`])
    expect(await whoAsks(cookie)).toEqual({ id: 'mine', newCookies: [] })
})

test('[R49] two that differ say nothing; twice the same is one', async () => {
  for (const [name, site] of [
    [HOST, 'https://parley.example'],
    [OLD, 'https://parley.example'],
    ['parley.session_token', 'http://parley.example'],
  ] as const) {
    expect(await whoAsks(`${name}=${signed('theirs')}; ${name}=${signed('mine')}`, site)).toBeNull()
    expect(await whoAsks(`${name}=${signed('mine')}; ${name}=${signed('mine')}`, site)).toMatchObject({ id: 'mine' })
  }
})

test('[R49] a session of release 0.1 goes on, and its cookie gets the new name; one that is younger never had the old one', async () => {
  const old = await whoAsks(`${OLD}=${signed('mine')}`)
  expect(old?.id).toBe('mine')
  expect(old?.newCookies).toEqual([
    `${HOST}=${signed('mine')}; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax; Secure`,
    `${OLD}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure`,
  ])
  expect(await whoAsks(`${OLD}=${signed('young')}`)).toBeNull()
  expect(await whoAsks(`${HOST}=${signed('young')}`)).toEqual({ id: 'young', newCookies: [] })
})

test('[R49] over plain HTTP it has the one name that it always had', async () => {
  expect(await whoAsks(`parley.session_token=${signed('mine')}`, 'http://parley.example')).toEqual({ id: 'mine', newCookies: [] })
})
