// Whatever changes something must come from our own pages: forms and server functions alike.
import { env } from 'cloudflare:workers'
import type { RequestInfo } from 'rwsdk/worker'
import { checkOrigin } from '../../auth/origin'
import { refusalResponse } from '../../conversation/refusal'

export function refuseForeign({ request }: RequestInfo): Response | undefined {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined
  const ours = checkOrigin(request, env)
  return ours.ok ? undefined : refusalResponse(ours.refusal)
}
