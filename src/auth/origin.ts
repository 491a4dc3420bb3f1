// Which site is asking, and under which name. A browser names its origin on every POST and every socket upgrade; nothing
// else counts. The name is checked as well, since a foreign site may point its own name at this machine, and then it is the origin.
import { accept, refuse, type Result } from '../conversation/refusal'

/** Where people reach us: PUBLIC_URL when a proxy stands in front, else the address of the request. */
export function siteOrigin(request: Request, env: Env): string {
  return new URL(env.PUBLIC_URL || request.url).origin
}

/** Scheme, host and port must all be ours. No Origin at all is refused too: browsers always send it. */
export function checkOrigin(request: Request, env: Env): Result {
  const site = siteOrigin(request, env)
  if (request.headers.get('origin') === site) return accept(undefined)
  return refuse('wrong_origin', `That request came from another site. Parley is at ${site}.`)
}

/**
 * The name that was asked for must be one of ours: HOSTS, which our scripts make of HOST, PUBLIC_URL and this machine's names.
 * Cloudflare sends a worker nothing but what is routed to it, so there is no such list there. Refuses: wrong_host.
 */
export function checkHost(request: Request, env: Pick<Env, 'HOSTS'>): Result {
  if (env.HOSTS === undefined) return accept(undefined)
  const asked = (request.headers.get('host') ?? '').trim()
  const name = URL.parse(`http://${asked}`)?.hostname.replace(/\.$/, '')
  if (name && name === URL.parse(request.url)?.hostname.replace(/\.$/, '') && env.HOSTS.split(' ').includes(name)) return accept(undefined)
  return refuse(
    'wrong_host',
    `Parley does not answer at "${asked.slice(0, 100)}". If that address is meant, whoever runs it names it with PUBLIC_URL or HOSTS.`,
  )
}
