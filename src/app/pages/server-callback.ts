// Where people come back to who signed in for a server of tools, for every room and server alike; and what is read there of who we are. Invariants:
// what comes back is believed only for what we sealed, and by the room that it names; nothing else of it is shown, or leads anywhere.
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { clientDocument } from '../../agents/servers/sign-in/client-metadata'
import { siteOrigin } from '../../auth/origin'
import { secretOf, unseal } from '../../auth/sealing'
import { signedSessionHash } from '../../auth/session'
import type { MemberId } from '../../conversation/ids'
import { refuse, refusalResponse, sayRefused, type Result } from '../../conversation/refusal'
import { roomOf } from '../../room/surface'
import { openState, type SignInState } from '../../room/servers/sign-in-state'
import { agentsPath } from '../directory/places'
import { findRoom } from '../directory/rooms'
import { wantsJson } from '../forms/form'
import { unavailable } from '../requests/unavailable'
import { RefusalPage } from './RefusalPage'

/** Longer than any code that is a code, characters. */
const LONGEST = 4_096

/** GET `/servers/callback`: to the room, or a page that says why not. */
export async function backFromServer({ request, ctx, response }: RequestInfo): Promise<Response | ReactElement> {
  const asked = new URL(request.url).searchParams
  const state = await openState(one(asked, 'state') ?? '', async (sealed, purpose) => unseal(sealed, purpose, secretOf(env)))
  const done = await finish(request, ctx.viewer?.id ?? null, state, asked).catch((cause: unknown) => ({
    ok: false as const,
    refusal: unavailable('a sign-in for a server could not be finished', cause),
  }))
  const json = wantsJson(request)
  if (done.ok) return json ? Response.json({ location: done.value }) : new Response(null, { status: 303, headers: { location: done.value } })
  if (json) return refusalResponse(done.refusal)
  sayRefused(response, done.refusal)
  return createElement(RefusalPage, { refusal: done.refusal, viewer: ctx.viewer, back: state && ctx.viewer ? agentsPath(state.room) : '/' })
}

/** GET `/client-metadata.json`. */
export function whoWeAre({ request }: RequestInfo): Response {
  return Response.json(clientDocument(siteOrigin(request, env)), { headers: { 'cache-control': 'public, max-age=3600' } })
}

async function finish(request: Request, person: MemberId | null, state: SignInState | null, asked: URLSearchParams): Promise<Result<string>> {
  const session = await signedSessionHash(request, env)
  if (person === null || session === null)
    return refuse('not_signed_in', 'This is a sign-in for a server that somebody began in Parley. It goes on in their browser alone.')
  // What is said twice is said by somebody who wants one of us to read the other.
  const isOdd = ['state', 'code', 'iss', 'error'].some((name) => asked.getAll(name).length > 1)
  if (!state || isOdd) return refuse('gone', 'This is no sign-in that was begun here. Begin it in the room.')
  const found = await findRoom(env, state.room)
  if (!found.ok) return found
  const room = await roomOf(env, state.room)
  const answer = { code: one(asked, 'code'), iss: one(asked, 'iss'), error: one(asked, 'error') }
  const done = await room.finishSignIn({ person, session }, state, answer)
  if (!done.ok) return done
  await room.serversSettled(person)
  return { ok: true, value: `${agentsPath(state.room)}#${encodeURIComponent(state.server)}` }
}

function one(asked: URLSearchParams, name: string): string | null {
  const value = asked.get(name)
  return value === null || value.length > LONGEST ? null : value
}
