// What is asked of every request before anything else, of pages, forms, sockets, server functions and files alike: whether
// it came under a name of ours, and whether this Parley has a key to sign sessions with.
import { checkHost } from '../../auth/origin'
import { isGoodSecret, MIN_SECRET_LENGTH } from '../../auth/secret'
import { refusalResponse, refuse, type Refusal } from '../../conversation/refusal'

/** Null when the request may go on. Refuses: wrong_host, unavailable. */
export function refuseAtTheDoor(request: Request, env: Env): Response | null {
  const ours = checkHost(request, env)
  if (!ours.ok) return answer(request, ours.refusal)
  if (isGoodSecret(env.BETTER_AUTH_SECRET)) return null
  const message = `Parley has no key to sign sessions with yet. Whoever runs it gives it one: BETTER_AUTH_SECRET, ${MIN_SECRET_LENGTH} random characters or more.`
  return answer(request, refuse('unavailable', message).refusal)
}

/** To a browser as a sentence, and no page: what draws pages may need what is missing. */
function answer(request: Request, refusal: Refusal): Response {
  const json = refusalResponse(refusal)
  if (!request.headers.get('accept')?.includes('text/html')) return json
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' }
  return new Response(`${refusal.message}\n`, { status: json.status, headers })
}
