// The forms about oneself: sign in, take another name, sign out.
import { env, waitUntil } from 'cloudflare:workers'
import { createElement } from 'react'
import { z } from 'zod'
import { ROSTER } from '../../agents/roster'
import { rename, signIn, signOut } from '../../auth/sign-in'
import { cleanName, type Member } from '../../conversation/member'
import { accept, refuse } from '../../conversation/refusal'
import { roomOf, type RoomSurface } from '../../room/surface'
import { form } from './form'
import { comeIn } from './may-come-in'
import { RefusalPage } from '../pages/RefusalPage'
import { SignInPage } from '../pages/SignInPage'
import { samePlace } from '../directory/places'
import { visitedRooms } from '../directory/rooms'

const named = z.object({ name: z.string(), next: z.string().optional() })

export const postSignIn = form({
  fields: named,
  act: async ({ name, next }, { request }) => {
    if (isAgentName(name)) return agentName()
    const signedIn = await signIn(request, env, name, () => comeIn(request, samePlace(next)))
    return signedIn.ok ? accept({ path: samePlace(next), ...signedIn.value }) : signedIn
  },
  page: (refusal, fields) => createElement(SignInPage, { name: fields?.name ?? '', next: samePlace(fields?.next), refusal }),
})

export const postRename = form({
  fields: named,
  act: async ({ name, next }, { request }) => {
    if (isAgentName(name)) return agentName()
    const renamed = await rename(request, env, name)
    if (!renamed.ok) return renamed
    const { id, name: renamedTo } = renamed.value.member
    waitUntil(inRooms(id, (room) => room.rename(id, renamedTo)))
    return accept({ path: samePlace(next), ...renamed.value })
  },
  page: (refusal, fields, { ctx }) => createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: samePlace(fields?.next) }),
})

export const postSignOut = form({
  fields: z.object({}),
  act: async (_fields, { request, ctx }) => {
    const { viewer } = ctx
    if (viewer) waitUntil(inRooms(viewer.id, (room) => room.signedOut(viewer.id)))
    return accept({ path: '/', cookies: await signOut(request, env) })
  },
  page: (refusal, _fields, { ctx }) => createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/' }),
})

/** An agent is spoken to by its name, so no person may bear it. */
function isAgentName(name: string): boolean {
  return ROSTER.some((agent) => agent.name.toLowerCase() === cleanName(name)?.toLowerCase())
}

function agentName() {
  return refuse('name_taken', 'An agent has that name. Take another, so that people can tell you apart.')
}

/** Rooms keep what they need to know of a member: each that they have been in is told. */
async function inRooms(member: Member['id'], ask: (room: RoomSurface) => Promise<void>): Promise<void> {
  const rooms = await visitedRooms(env, member)
  await Promise.all(rooms.map(async (room) => ask(await roomOf(env, room))))
}
