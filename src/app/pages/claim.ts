// `/claim/:code`: the one-time link by which somebody becomes the owner of this instance, and of its lobby.
import { env } from 'cloudflare:workers'
import type { ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { claimSecrets, readClaimCode } from '../../auth/claim'
import { LOBBY } from '../../conversation/ids'
import { refuse } from '../../conversation/refusal'
import { ledgerOf } from '../../limits/ledger-surface'
import { roomOf } from '../../room/surface'
import { claimInstance } from '../directory/instance'
import { addressOf } from '../requests/limit-requests'
import { WrongCodes } from '../requests/wrong-codes'
import { askName, redirect, sayNo } from './room-pages'

const wrongCodes = new WrongCodes()

/** A stranger is asked for a name first. The code is not used up by that. */
export async function claim({ request, params, ctx, response }: RequestInfo): Promise<Response | ReactElement> {
  // Whoever only looks, as a preview of links does, uses nothing up, and learns of no code whether it is right.
  if (request.method === 'HEAD') return new Response(null)
  if (request.method !== 'GET') return new Response('A link is opened, and no more.\n', { status: 405, headers: { allow: 'GET, HEAD' } })
  const now = Date.now()
  const code = await readClaimCode(String(params.code), claimSecrets(env), now)
  if (!code) {
    const wait = wrongCodes.count(addressOf(request) ?? '', now)
    return sayNo(wait > 0 ? tooFast(wait) : refused(), ctx.viewer, response)
  }
  if (!ctx.viewer) return askName(request)
  if (!(await claimInstance(env, code, ctx.viewer.id, now))) return sayNo(refused(), ctx.viewer, response)
  await (await roomOf(env, LOBBY)).own(ctx.viewer)
  // Whoever owned it before has lost what came with that, the larger budget too [R74].
  await ledgerOf(env).setOwner(ctx.viewer.id)
  return redirect('/instance')
}

function refused() {
  return refuse(
    'claim_refused',
    'This link was used already, is too old, or was never one of ours. Whoever runs this Parley makes a new one with “npm run claim”.',
  ).refusal
}

function tooFast(wait: number) {
  return refuse('too_fast', 'That were too many links that do not work. Wait a minute.', wait).refusal
}
