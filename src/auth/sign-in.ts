// Signing in as a guest, taking another name, signing out. Each answers the cookies to set, as headers.
import { isMemberId, type MemberId, type RoomId } from '../conversation/ids'
import { accept, refuse, type Result } from '../conversation/refusal'
import { MAX_NAME_LENGTH, type Member } from '../conversation/member'
import { cleanName } from '../conversation/name'
import { authFor, NAME_HEADER, oldCookieName, setCookie } from './auth'
import { siteOrigin } from './origin'
import { person, visitorFrom, type Visitor } from './session'

export interface SignedIn {
  readonly member: Member
  readonly cookies: Headers
}

/** Signs a stranger in under this name. `mayComeIn` is asked last of all. Refuses: bad_name, and as it does. */
export async function signIn(request: Request, env: Env, wanted: unknown, mayComeIn: () => Promise<Result>): Promise<Result<SignedIn>> {
  const name = cleanName(wanted)
  if (name === null) return badName()
  const admitted = await mayComeIn()
  if (!admitted.ok) return admitted
  const headers = new Headers({ [NAME_HEADER]: encodeURIComponent(name) })
  const { headers: answer, response } = await authFor(env, siteOrigin(request, env)).api.signInAnonymous({ headers, returnHeaders: true })
  if (!isMemberId(response.user.id)) throw new Error('an account id that is no member id')
  return accept({ member: person(response.user.id, name), cookies: cookiesOf(answer) })
}

/** Gives the account another name. `mayRename` is asked last of all. Refuses: bad_name, not_signed_in, and as it does. */
export async function rename(request: Request, env: Env, wanted: unknown, mayRename: (id: MemberId) => Promise<Result>): Promise<Result<SignedIn>> {
  const name = cleanName(wanted)
  if (name === null) return badName()
  const visitor = await visitorFrom(request, env)
  if (!visitor) return refuse('not_signed_in', 'Say who you are first.')
  const may = await mayRename(visitor.member.id)
  if (!may.ok) return may
  // Our own, because better-auth would look for the session by the cookie's new name alone. Kept as it keeps times: as text.
  await env.DB.prepare('UPDATE user SET name = ?, updatedAt = ? WHERE id = ?').bind(name, new Date().toISOString(), visitor.member.id).run()
  return accept({ member: { ...visitor.member, name }, cookies: new Headers() })
}

export interface EndedSession {
  readonly visitor: Visitor
  /** Where it had sockets open. */
  readonly rooms: readonly RoomId[]
}

/**
 * Ends the session behind a request: it is over when this answers. In one transaction with the question where it had
 * sockets, so that none of them is missed. Null when there was none. Throws when the database does not answer, which
 * better-auth's own sign-out would pass over in silence.
 */
export async function endSession(request: Request, env: Env): Promise<EndedSession | null> {
  const visitor = await visitorFrom(request, env)
  if (!visitor) return null
  const [, rooms] = await env.DB.batch<{ id: RoomId }>([
    env.DB.prepare('DELETE FROM session WHERE id = ?').bind(visitor.sessionId),
    env.DB.prepare('SELECT room_id AS id FROM session_room WHERE session_id = ?').bind(visitor.sessionId),
  ])
  return { visitor, rooms: (rooms?.results ?? []).map(({ id }) => id) }
}

/** The cookies by which a browser forgets its session. */
export async function forgottenCookies(request: Request, env: Env): Promise<Headers> {
  const origin = siteOrigin(request, env)
  const { headers } = await authFor(env, origin).api.signOut({ headers: request.headers, returnHeaders: true })
  const cookies = cookiesOf(headers)
  const oldName = oldCookieName(origin)
  if (oldName !== null) cookies.append('set-cookie', setCookie(oldName, ''))
  return cookies
}

function badName() {
  return refuse('bad_name', `A name has 1 to ${MAX_NAME_LENGTH} characters, at least one of which can be seen and is no punctuation.`)
}

function cookiesOf(headers: Headers): Headers {
  return new Headers(headers.getSetCookie().map((cookie) => ['set-cookie', cookie]))
}
