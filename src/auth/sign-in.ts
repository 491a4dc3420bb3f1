// Signing in as a guest, taking another name, signing out. Each answers the cookies to set, as headers.
import { isMemberId } from '../conversation/ids'
import { accept, refuse, type Result } from '../conversation/refusal'
import { cleanName, MAX_NAME_LENGTH, type Member } from '../conversation/member'
import { authFor, NAME_HEADER } from './auth'
import { siteOrigin } from './origin'
import { memberFromRequest, person } from './session'

export interface SignedIn {
  readonly member: Member
  readonly cookies: Headers
}

/**
 * Signs a guest in under this name; somebody signed in already only takes the name. `mayComeIn` is asked of a
 * stranger, last of all. Refuses: bad_name, and as it does.
 */
export async function signIn(request: Request, env: Env, wanted: unknown, mayComeIn: () => Promise<Result>): Promise<Result<SignedIn>> {
  const name = cleanName(wanted)
  if (name === null) return badName()
  if (await memberFromRequest(request, env)) return rename(request, env, name)
  const admitted = await mayComeIn()
  if (!admitted.ok) return admitted
  const headers = new Headers({ [NAME_HEADER]: encodeURIComponent(name) })
  const { headers: answer, response } = await authFor(env, siteOrigin(request, env)).api.signInAnonymous({ headers, returnHeaders: true })
  if (!isMemberId(response.user.id)) throw new Error('an account id that is no member id')
  return accept({ member: person(response.user.id, name), cookies: cookiesOf(answer) })
}

/** Refuses: bad_name, not_signed_in. */
export async function rename(request: Request, env: Env, wanted: unknown): Promise<Result<SignedIn>> {
  const name = cleanName(wanted)
  if (name === null) return badName()
  const member = await memberFromRequest(request, env)
  if (!member) return refuse('not_signed_in', 'Say who you are first.')
  const auth = authFor(env, siteOrigin(request, env))
  const { headers } = await auth.api.updateUser({ body: { name }, headers: request.headers, returnHeaders: true })
  return accept({ member: { ...member, name }, cookies: cookiesOf(headers) })
}

/** Ends the session, here and on the server. Signing out twice is no error. */
export async function signOut(request: Request, env: Env): Promise<Headers> {
  const { headers } = await authFor(env, siteOrigin(request, env)).api.signOut({ headers: request.headers, returnHeaders: true })
  return cookiesOf(headers)
}

function badName() {
  return refuse('bad_name', `A name has 1 to ${MAX_NAME_LENGTH} characters.`)
}

function cookiesOf(headers: Headers): Headers {
  return new Headers(headers.getSetCookie().map((cookie) => ['set-cookie', cookie]))
}
