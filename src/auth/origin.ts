// Which site is asking. A browser names its origin on every POST and every socket upgrade; nothing else counts.
import { accept, refuse, type Result } from '../conversation/refusal'

/** Where people reach us: PUBLIC_URL when a proxy stands in front, else the address of the request. */
export function siteOrigin(request: Request, env: Env): string {
  return new URL(env.PUBLIC_URL || request.url).origin
}

/** Scheme, host and port must all be ours. No Origin at all is refused too: browsers always send it. */
export function checkOrigin(request: Request, env: Env): Result {
  if (request.headers.get('origin') === siteOrigin(request, env)) return accept(undefined)
  return refuse('wrong_origin', 'That request came from another site.')
}
