// The forms about oneself: sign in, take another name, sign out.
import { env, waitUntil } from 'cloudflare:workers'
import { createElement } from 'react'
import { z } from 'zod'
import { rename, signIn, signOut } from '../auth/sign-in'
import { cleanName } from '../conversation/member'
import { accept } from '../conversation/refusal'
import { roomOf } from '../room/surface'
import { form } from './form'
import { RefusalPage } from './pages/RefusalPage'
import { SignInPage } from './pages/SignInPage'
import { samePlace } from './places'
import { visitedRooms } from './rooms'

const named = z.object({ name: z.string(), next: z.string().optional() })

export const postSignIn = form({
  fields: named,
  act: async ({ name, next }, { request }) => {
    const signedIn = await signIn(request, env, name)
    return signedIn.ok ? accept({ path: samePlace(next), cookies: signedIn.value }) : signedIn
  },
  page: (refusal, fields) => createElement(SignInPage, { name: fields?.name ?? '', next: samePlace(fields?.next), refusal }),
})

export const postRename = form({
  fields: named,
  act: async ({ name, next }, { request, ctx }) => {
    const renamed = await rename(request, env, name)
    if (!renamed.ok) return renamed
    const clean = cleanName(name)
    if (ctx.viewer && clean !== null) waitUntil(tellRooms(ctx.viewer.id, clean))
    return accept({ path: samePlace(next), cookies: renamed.value })
  },
  page: (refusal, fields, { ctx }) => createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: samePlace(fields?.next) }),
})

export const postSignOut = form({
  fields: z.object({}),
  act: async (_fields, { request }) => accept({ path: '/', cookies: await signOut(request, env) }),
  page: (refusal, _fields, { ctx }) => createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/' }),
})

/** Rooms keep the name that a member came in under; each is told the new one. */
async function tellRooms(member: Parameters<typeof visitedRooms>[1], name: string): Promise<void> {
  const rooms = await visitedRooms(env, member)
  await Promise.all(rooms.map(async (id) => (await roomOf(env, id)).rename(member, name)))
}
