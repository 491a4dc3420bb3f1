// Somebody who comes from a network of their own: the server trusts a proxy on this machine, and the test is that proxy.
import { randomBytes } from 'node:crypto'
import type { RoomId } from '../../src/conversation/ids'
import { socketPath } from '../../src/lanes/client/client-options'
import type { LaneName } from '../../src/lanes/lanes'
import type { Refusal } from '../../src/conversation/refusal'
import type { Guest } from '../support/guest'
import { RawTcp } from './raw-tcp'

/** For the server: these addresses count, and all limits are on. */
export const LIMITS_ON = { TRUST_PROXY: '1', ADDRESS_LIMITS: '', REQUEST_LIMITS: '', BUDGETS: '' }

/** For the server while guests and rooms are made: what is counted is what comes afterwards. */
export const LIMITS_LATER = { ...LIMITS_ON, ADDRESS_LIMITS: 'off', REQUEST_LIMITS: 'off' }

/** A network from which too much comes, and another one. */
export const CROWD = '203.0.113.7'
export const ELSEWHERE = '198.51.100.1'

/** What came of one request: its status, and the code of its refusal if it was one. */
export interface Outcome {
  readonly status: number
  readonly refusal: Refusal | null
  readonly retryAfter: string | null
}

/** Asks in nobody's name, from this address. */
export function fetchFrom(address: string, place: Parameters<typeof fetch>[0], init: RequestInit = {}): Promise<Response> {
  const url = place instanceof Request ? place.url : place
  const headers = new Headers(init.headers)
  headers.set('x-forwarded-for', address)
  if (!headers.has('accept')) headers.set('accept', 'application/json')
  headers.set('origin', new URL(url).origin)
  return fetch(url, { ...init, headers, redirect: 'manual' })
}

export async function outcomeOf(response: Response): Promise<Outcome> {
  const text = await response.text()
  const json = response.headers.get('content-type')?.startsWith('application/json') && text.startsWith('{"refusal"')
  return {
    status: response.status,
    refusal: json ? (JSON.parse(text) as { refusal: Refusal }).refusal : null,
    retryAfter: response.headers.get('retry-after'),
  }
}

/** The guest as they are at this address. */
export function at(address: string, guest: Guest): Guest {
  return {
    ...guest,
    fetch: (input, init) => {
      const headers = new Headers(init?.headers)
      headers.set('cookie', guest.cookie)
      return fetchFrom(address, input, { ...init, headers })
    },
  }
}

/** An upgrade from this address; its status is known once it is answered. */
export function upgradeFrom(address: string, guest: Guest, room: RoomId, lane: LaneName): Promise<RawTcp> {
  return RawTcp.request(guest.origin, [
    `GET /${socketPath(room, lane)}?since=0 HTTP/1.1`,
    `host: ${new URL(guest.origin).host}`,
    `origin: ${guest.origin}`,
    `cookie: ${guest.cookie}`,
    `x-forwarded-for: ${address}`,
    'connection: Upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    `sec-websocket-key: ${randomBytes(16).toString('base64')}`,
  ])
}

/** How often each outcome came. */
export function tally(outcomes: readonly Outcome[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { status, refusal } of outcomes) {
    const what = refusal ? `${status} ${refusal.code}` : String(status)
    counts[what] = (counts[what] ?? 0) + 1
  }
  return counts
}
