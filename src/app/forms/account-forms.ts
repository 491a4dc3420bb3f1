// The forms about oneself: sign in, take another name, sign out.
import { env, waitUntil } from 'cloudflare:workers'
import { createElement } from 'react'
import { z } from 'zod'
import { PARLEY } from '../../agents/templates/parley'
import { visitorFrom } from '../../auth/session'
import { endSession, forgottenCookies, signIn, type EndedSession, type SignedIn } from '../../auth/sign-in'
import { cleanName } from '../../conversation/name'
import { namesLike } from '../../conversation/skeleton'
import type { RoomId } from '../../conversation/ids'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { roomOf } from '../../room/surface'
import { form, type Onward } from './form'
import { comeIn } from './may-come-in'
import { takeName } from './take-name'
import { RefusalPage } from '../pages/RefusalPage'
import { SignInPage } from '../pages/SignInPage'
import { samePlace } from '../directory/places'
import { forgetSession } from '../directory/open-rooms'
import { sweepHourly } from '../directory/sweep'

const named = z.object({ name: z.string(), next: z.string().optional() })

export const postSignIn = form({
  fields: named,
  act: async ({ name, next }, { request }) => {
    if (isAgentName(name)) return agentName()
    // Whoever has a name here already takes another, in the rooms where they are too [R44].
    if (await visitorFrom(request, env)) return onwardAs(await takeName(request, name), next)
    const signedIn = await signIn(request, env, name, () => comeIn(request, samePlace(next)))
    if (signedIn.ok) waitUntil(sweepHourly(env, Date.now()).catch((cause: unknown) => console.error('what is over could not be forgotten', cause)))
    return onwardAs(signedIn, next)
  },
  page: (refusal, fields) => createElement(SignInPage, { name: fields?.name ?? '', next: samePlace(fields?.next), refusal }),
})

export const postRename = form({
  fields: named,
  act: async ({ name, next }, { request }) => {
    if (isAgentName(name)) return agentName()
    return onwardAs(await takeName(request, name), next)
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

function onwardAs(signedIn: Result<SignedIn>, next: unknown): Result<Onward> {
  return signedIn.ok ? accept({ path: samePlace(next), ...signedIn.value }) : signedIn
}

/**
 * An agent is spoken to by its name, so no person may bear it, nor one that looks like it [R71]. That is the agent with which every room
 * begins. Those that owners make are their rooms' alone: a name that one room's owner gave an agent is nobody's loss elsewhere, and in that
 * room whoever comes with it is shown with a number.
 */
function isAgentName(name: string): boolean {
  const clean = cleanName(name)
  return clean !== null && namesLike(clean, PARLEY.name)
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
