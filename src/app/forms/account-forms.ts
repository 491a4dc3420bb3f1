// The forms about oneself: sign in, take another name, sign out.
import { env, waitUntil } from 'cloudflare:workers'
import { createElement } from 'react'
import { z } from 'zod'
import { ROSTER } from '../../agents/roster'
import { endSession, forgottenCookies, rename, signIn, type EndedSession } from '../../auth/sign-in'
import type { Member } from '../../conversation/member'
import { cleanName } from '../../conversation/name'
import { namesLike } from '../../conversation/skeleton'
import type { RoomId } from '../../conversation/ids'
import { accept, refuse } from '../../conversation/refusal'
import { roomOf, type RoomSurface } from '../../room/surface'
import { form } from './form'
import { comeIn } from './may-come-in'
import { RefusalPage } from '../pages/RefusalPage'
import { SignInPage } from '../pages/SignInPage'
import { samePlace } from '../directory/places'
import { forgetSession } from '../directory/open-rooms'
import { visitedRooms } from '../directory/rooms'
import { sweepHourly } from '../directory/sweep'

const named = z.object({ name: z.string(), next: z.string().optional() })

export const postSignIn = form({
  fields: named,
  act: async ({ name, next }, { request }) => {
    if (isAgentName(name)) return agentName()
    const signedIn = await signIn(request, env, name, () => comeIn(request, samePlace(next)))
    if (signedIn.ok) waitUntil(sweepHourly(env, Date.now()).catch((cause: unknown) => console.error('what is over could not be forgotten', cause)))
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
  act: async (_fields, { request }) => {
    const ended = await endSession(request, env)
    if (ended) await closeSockets(ended)
    return accept({ path: '/', cookies: await forgottenCookies(request, env) })
  },
  page: (refusal, _fields, { ctx }) => createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/' }),
})

/** An agent is spoken to by its name, so no person may bear it, nor one that looks like it [R71]. */
function isAgentName(name: string): boolean {
  const clean = cleanName(name)
  return clean !== null && ROSTER.some((agent) => namesLike(clean, agent.name))
}

function agentName() {
  return refuse('name_taken', 'An agent has that name. Take another, so that people can tell you apart.')
}

/** Signed out is who was told so: every room in which the session has a socket has closed it by then [R73]. */
async function closeSockets({ visitor, rooms }: EndedSession): Promise<void> {
  await Promise.all(rooms.map((room) => endIn(room, visitor.session.hash)))
  await forgetSession(env, visitor.sessionId)
}

/** A room that breaks off while it is asked starts anew, and is asked again. */
async function endIn(room: RoomId, hash: string, tries = 3): Promise<void> {
  try {
    await (await roomOf(env, room)).endSession(hash)
  } catch (cause) {
    if (tries > 1) return endIn(room, hash, tries - 1)
    throw new Error(`the room ${room} could not be told that a session ended`, { cause })
  }
}

/** Rooms keep what they need to know of a member: each that they have been in is told. */
async function inRooms(member: Member['id'], ask: (room: RoomSurface) => Promise<void>): Promise<void> {
  const rooms = await visitedRooms(env, member)
  await Promise.all(rooms.map(async (room) => ask(await roomOf(env, room))))
}
