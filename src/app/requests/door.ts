// What is asked of every request before anything else, of pages, forms, sockets, server functions and files alike: whether
// it came under a name of ours and by a way that says from where, and whether this Parley has a key to sign sessions with.
import { checkHost } from '../../auth/origin'
import { isGoodSecret, MIN_SECRET_LENGTH } from '../../auth/secret'
import { refuse } from '../../conversation/refusal'
import { hasPeer } from './network-address'
import { refuseInWords } from './plain-page'

/** Null when the request may go on. Refuses: wrong_host, unavailable. */
export function refuseAtTheDoor(request: Request, env: Env): Response | null {
  const ours = checkHost(request, env)
  if (!ours.ok) return refuseInWords(request, 'Not at this address', ours.refusal)
  if (env.DIRECT_SOCKETS && !hasPeer(request))
    return refuseInWords(request, 'Not at this address', refuse('wrong_host', 'Parley does not answer at this port.').refusal)
  if (isGoodSecret(env.BETTER_AUTH_SECRET)) return null
  const message = `Parley has no key to sign sessions with yet. Whoever runs it gives it one: BETTER_AUTH_SECRET, ${MIN_SECRET_LENGTH} random characters or more.`
  return refuseInWords(request, 'Not just now', refuse('unavailable', message).refusal)
}
