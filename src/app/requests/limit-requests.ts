// How much may be asked, before any of it is done: the network first, when nothing has been read yet, and the person once
// the session is known. Refused in words: a page for people, JSON for programs.
import { env } from 'cloudflare:workers'
import type { RequestInfo } from 'rwsdk/worker'
import type { MemberId } from '../../conversation/ids'
import { accept, type Result } from '../../conversation/refusal'
import { limitsOf } from '../../limits/limit-settings'
import type { Request as Asked } from '../../limits/limits'
import { networkAddress, UNKNOWN_NETWORK } from './network-address'
import { refuseInWords } from './plain-page'
import { RequestLimits } from './request-limits'

/** Of this isolate. */
const limits = new RequestLimits()

/** The network of whoever asks; null where none is known. */
export function addressOf(request: Request): string | null {
  const address = networkAddress(request, env)
  return address === UNKNOWN_NETWORK ? null : address
}

export function limitAddress({ request }: RequestInfo): Response | undefined {
  const refusal = limits.refuseAddress(limitsOf(env), addressOf(request), askedBy(request), Date.now())
  return refusal ? refuseInWords(request, 'Too fast', refusal) : undefined
}

export function limitPerson({ request, ctx }: RequestInfo): Response | undefined {
  return limitMember(request, ctx.viewer?.id ?? null)
}

/** As `limitPerson`, where the session is read by the route itself. */
export function limitMember(request: Request, person: MemberId | null): Response | undefined {
  const refusal = limits.refusePerson(limitsOf(env), person, addressOf(request), askedBy(request), Date.now())
  return refusal ? refuseInWords(request, 'Too fast', refusal) : undefined
}

/** A body costs by its length, before anything is made of it. */
export function limitBody(request: Request, person: MemberId | null, length: number): Response | undefined {
  const refusal = limits.refuseBody(limitsOf(env), person, addressOf(request), length, Date.now())
  return refusal ? refuseInWords(request, 'Too fast', refusal) : undefined
}

/** Takes what a page of so many characters costs before any of it is made. Refuses: too_fast. */
export function reserveReading(request: Request, person: MemberId, characters: number): Result {
  const refusal = limits.refuseReading(limitsOf(env), person, addressOf(request), characters, Date.now())
  return refusal ? { ok: false, refusal } : accept(undefined)
}

/** What somebody was given to read costs by its length, which is known only now. */
export function countReading(request: Request, person: MemberId, characters: number): void {
  if (!limitsOf(env).requestLimits) return
  limits.hasRead(addressOf(request), person, characters, Date.now())
}

/** What a request asks for, by its address alone. */
export function askedBy(request: Request): Asked {
  const { pathname, searchParams } = new URL(request.url)
  if (searchParams.has('__rsc_action_id')) return request.method === 'GET' ? 'earlier' : 'command'
  if (request.method !== 'GET' && request.method !== 'HEAD') return FORMS.get(pathname) ?? (COMMANDS.test(pathname) ? 'command' : 'form')
  if (/^\/rooms\/[^/]+\/[^/]+\/socket\/?$/.test(pathname)) return request.headers.has('upgrade') ? 'upgrade' : 'explanation'
  if (/^\/rooms\/[^/]+\/compare\/?$/.test(pathname)) return 'comparison'
  return /^\/(?:$|rooms(?:\/|$)|join\/|claim\/|directory$|instance|servers\/callback$|client-metadata\.json$|sign-in|chat-)/.test(pathname) ? 'page' : 'unknown'
}

const COMMANDS = /^\/rooms\/[^/]+\/commands\/?$/

const FORMS: ReadonlyMap<string, Asked> = new Map([
  ['/sign-in', 'signIn'],
  ['/rooms', 'newRoom'],
  ['/rename', 'rename'],
])
