// The forms about rooms: make one.
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { z } from 'zod'
import type { Member } from '../../conversation/member'
import { cleanName } from '../../conversation/name'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { ledgerOf } from '../../limits/ledger-surface'
import { limitsOf } from '../../limits/limit-settings'
import type { Access } from '../../room/members/members'
import { roomOf } from '../../room/surface'
import { form, type Onward } from './form'
import { NewRoomPage } from '../pages/NewRoomPage'
import { SignInPage } from '../pages/SignInPage'
import { roomPath } from '../directory/places'
import { purgeRooms } from '../directory/deleted-rooms'
import { createRoom, forgetRoom } from '../directory/rooms'
import { addressOf } from '../requests/limit-requests'

const fields = z.object({ name: z.string(), access: z.enum(['open', 'private']).default('open') })

export const postRoom = form({
  fields,
  act: async ({ name, access }, { ctx, request }) => {
    if (!ctx.viewer) return refuse('not_signed_in', 'Say who you are first.')
    return makeRoom(name, access, ctx.viewer, addressOf(request))
  },
  page: (refusal, typed, { ctx }) => createElement(NewRoomPage, { viewer: ctx.viewer, name: typed?.name ?? '', access: typed?.access ?? 'open', refusal }),
})

/** The directory first, because it decides who gets a name; then the object, which knows its owner from then on. */
async function makeRoom(typed: string, access: Access, owner: Member, address: string | null): Promise<Result<Onward>> {
  const name = cleanName(typed)
  if (name === null) return refuse('bad_name', 'A room needs a name of 1 to 40 characters.')
  // A room that was deleted long enough ago keeps its name from nobody.
  await purgeRooms(env, Date.now())
  const counted = limitsOf(env).requestLimits ? await ledgerOf(env).newRoom(owner.id, address) : accept(undefined)
  if (!counted.ok) return counted
  const entered = await createRoom(env, { name, access, ownerId: owner.id })
  if (!entered.ok) {
    if (entered.refusal.code === 'name_taken') await ledgerOf(env).noNewRoom(owner.id, address)
    return entered
  }
  const made = await (await roomOf(env, entered.value)).create(name, access, owner)
  if (made.ok) return accept({ path: roomPath(entered.value) })
  await forgetRoom(env, entered.value)
  return made
}

/** `/rooms`: where a new room is named. */
export function newRoomPage({ ctx }: RequestInfo): ReactElement {
  if (!ctx.viewer) return createElement(SignInPage, { name: '', next: '/rooms', refusal: null })
  return createElement(NewRoomPage, { viewer: ctx.viewer, name: '', access: 'open', refusal: null })
}
