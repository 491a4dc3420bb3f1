// What every route knows: who is asking.
import { env } from 'cloudflare:workers'
import type { RequestInfo } from 'rwsdk/worker'
import { visitorFrom } from '../../auth/session'
import type { Member } from '../../conversation/member'
import { addressOf } from './limit-requests'

export interface AppContext {
  /** Null for a stranger. */
  viewer: Member | null
  /** The network of whoever asks; null where none is known. */
  address: string | null
  /** Why it is not known who is asking, on the way to a server function, which may have another way to know; null otherwise. */
  unknown: { readonly cause: unknown } | null
}

/**
 * Asked first of all, so that nobody is read who may not ask; and again when a body was whole: whoever holds back its last
 * byte meanwhile ends no later than their session and account do [R73] [R76].
 */
export async function setContext({ request, response, ctx, isAction }: RequestInfo): Promise<void> {
  ctx.viewer = null
  ctx.unknown = null
  ctx.address = addressOf(request)
  try {
    const visitor = await visitorFrom(request, env)
    ctx.viewer = visitor?.member ?? null
    // Told once, though asked twice.
    if (!response.headers.has('set-cookie')) for (const cookie of visitor?.newCookies ?? []) response.headers.append('set-cookie', cookie)
  } catch (cause) {
    if (!isAction) throw cause
    ctx.unknown = { cause }
  }
}
