// Cookies behind a proxy with HTTPS: what a browser is told to keep, and what a neighbour under the same domain may set.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { World } from '../lane-contract/world'
import { rawHttp } from './raw-http'

const SITE = 'https://parley.example'
const FORM = { origin: SITE, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }

let world: World
beforeAll(async () => {
  world = await World.begin({ PUBLIC_URL: SITE })
})
afterAll(() => world.end())

async function post(path: string, body: string, cookie = '') {
  const answer = await fetch(`${world.server.url}${path}`, { method: 'POST', headers: { ...FORM, cookie }, body, redirect: 'manual' })
  return { status: answer.status, cookies: answer.headers.getSetCookie() }
}

it('[R49] the session is in a cookie that browsers take from this host alone, and signing out forgets it', async () => {
  const signedIn = await post('/sign-in', 'name=Ann&next=/')
  const [cookie = ''] = signedIn.cookies.filter((line) => line.includes('session_token'))
  expect(cookie).toMatch(/^__Host-parley\.session_token=[^;]+;/)
  for (const attribute of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\/(?:;|$)/i]) expect(cookie).toMatch(attribute)
  expect(cookie).not.toMatch(/domain/i)
  const [value = ''] = cookie.split(';')
  const page = (sent: string) => rawHttp(world.server.url, '/rooms/lobby/agents', { headers: { cookie: sent } })
  expect((await page(value)).body).toContain('Ann')
  const old = value.replace('__Host-', '__Secure-')
  expect((await page(`${value}; ${old}x`)).body).toContain('aria-label="Messages"')
  expect((await page(`${value}; ${value}x`)).body).not.toContain('aria-label="Messages"')
  expect((await post('/rename', 'name=Anna&next=/', value)).status).toBe(200)
  const signedOut = await post('/sign-out', '', value)
  expect(signedOut.cookies.filter((line) => /session_token=;/.test(line)).map((line) => line.split('=')[0])).toEqual(
    expect.arrayContaining(['__Host-parley.session_token', '__Secure-parley.session_token']),
  )
  expect((await page(value)).body).not.toContain('aria-label="Messages"')
})
