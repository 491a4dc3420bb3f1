// What every route knows: who is asking.
import { env } from 'cloudflare:workers'
import type { RequestInfo } from 'rwsdk/worker'
import { visitorFrom } from '../../auth/session'
import type { Member } from '../../conversation/member'

export interface AppContext {
  /** Null for a stranger. */
  viewer: Member | null
}

export async function setContext({ request, ctx }: RequestInfo): Promise<void> {
  const visitor = await visitorFrom(request, env)
  ctx.viewer = visitor?.member ?? null
}
