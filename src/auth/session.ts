// Who is asking, from the session cookie alone [L2]. One D1 read per question, so that a sign-out or a new name
// counts at once.
import type { MemberId } from '../conversation/ids'
import { isMemberId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import { authFor } from './auth'
import { siteOrigin } from './origin'

/** The person behind a request, or null for a stranger. No cookie, no read. */
export async function memberFromRequest(request: Request, env: Env): Promise<Member | null> {
  if (!request.headers.has('cookie')) return null
  const found = await authFor(env, siteOrigin(request, env)).api.getSession({ headers: request.headers })
  if (!found || !isMemberId(found.user.id)) return null
  return person(found.user.id, found.user.name)
}

export function person(id: MemberId, name: string): Member {
  return { id, name, kind: 'person' }
}
