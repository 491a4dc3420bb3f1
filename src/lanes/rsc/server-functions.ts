'use server'
// The rsc lane on the way in. The app has found out who is speaking and that there is such a room, and calls nothing else of
// this file (`src/app/requests/call-server-function.ts`); what was said is parsed here, and the room then decides.
import { env } from 'cloudflare:workers'
import { requestInfo, serverQuery } from 'rwsdk/worker'
import { parseCommand } from '../../conversation/command'
import type { RoomId } from '../../conversation/ids'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { roomOf } from '../../room/surface'
import type { RenderedPage } from './flight'
import { renderMessages } from './render'

/** Asks a room for something. Data only: the page is not rendered again. */
export const ask = serverQuery(
  async (room: RoomId, input: unknown): Promise<Result<{ readonly seq: number } | null>> => {
    const { viewer, address } = requestInfo.ctx
    if (!viewer) return notSignedIn()
    const command = parseCommand(input)
    return command.ok ? (await roomOf(env, room)).command(viewer.id, command.value, address) : command
  },
  { method: 'POST' },
)

/** The page before a seq, rendered, to the one who asks [L7]. */
export const earlier = serverQuery(async (room: RoomId, before: unknown): Promise<Result<RenderedPage>> => {
  const { viewer } = requestInfo.ctx
  if (!viewer) return notSignedIn()
  if (typeof before !== 'number' || !Number.isSafeInteger(before) || before < 0)
    return refuse('malformed', 'A page is asked for by the seq that it ends before.')
  const page = await (await roomOf(env, room)).page(viewer.id, before)
  return page.ok ? accept({ page: page.value, nodes: renderMessages(page.value.messages) }) : page
})

function notSignedIn() {
  return refuse('not_signed_in', 'Say who you are first.')
}
