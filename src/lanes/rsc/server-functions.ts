'use server'
// The rsc lane on the way in. Every export is a public address: each asks the session who is speaking, and parses what
// was said; the room then decides.
import { env } from 'cloudflare:workers'
import { requestInfo, serverQuery } from 'rwsdk/worker'
import { parseCommand, type Command } from '../../conversation/command'
import { isRoomId } from '../../conversation/ids'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { roomOf } from '../../room/surface'
import type { RenderedPage } from './flight'
import { renderMessages } from './render'

/** Asks a room for something. Data only: the page is not rendered again. */
export const ask = serverQuery(
  async (room: string, input: Command): Promise<Result<{ readonly seq: number } | null>> => {
    const viewer = viewerOf()
    if (!viewer) return notSignedIn()
    if (!isRoomId(room)) return noSuchRoom()
    const command = parseCommand(input)
    return command.ok ? (await roomOf(env, room)).command(viewer.id, command.value) : command
  },
  { method: 'POST' },
)

/** The page before a seq, rendered, to the one who asks [L7]. */
export const earlier = serverQuery(async (room: string, before: number): Promise<Result<RenderedPage>> => {
  const viewer = viewerOf()
  if (!viewer) return notSignedIn()
  if (!isRoomId(room)) return noSuchRoom()
  if (!Number.isSafeInteger(before) || before < 0) return refuse('malformed', 'A page is asked for by the seq that it ends before.')
  const page = await (await roomOf(env, room)).page(viewer.id, before)
  return page.ok ? accept({ page: page.value, nodes: renderMessages(page.value.messages) }) : page
})

function viewerOf() {
  return requestInfo.ctx.viewer
}

function notSignedIn() {
  requestInfo.response.status = 401
  return refuse('not_signed_in', 'Say who you are first.')
}

function noSuchRoom() {
  return refuse('no_such_room', 'There is no room at this address.')
}
