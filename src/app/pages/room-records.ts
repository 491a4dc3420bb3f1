// A room as programs read and drive it over HTTP: its records, and the commands that a frame of the agents lane would carry.
import type { RequestInfo } from 'rwsdk/worker'
import { isLongCommand, parseCommand } from '../../conversation/command'
import { MAX_FRAME_LENGTH, MAX_QUESTION_LENGTH } from '../../conversation/message'
import { accept, refusalResponse, refuse, type Result } from '../../conversation/refusal'
import { parseJson } from '../../lanes/client/parse-json'
import { knownRoom } from '../directory/known-room'
import { readLimited } from '../forms/read-limited'
import { setContext } from '../requests/context'
import { limitBody } from '../requests/limit-requests'
import { unavailable } from '../requests/unavailable'

/** GET `/rooms/:room/records?kind=`: records of a kind, or all, as JSON. Refuses: not_signed_in, no_such_room, not_a_member, malformed, too_fast. */
export async function recordsOfRoom({ request, params, ctx }: RequestInfo): Promise<Response> {
  const { viewer } = ctx
  if (!viewer) return refusalResponse(notSignedIn().refusal)
  const room = await knownRoom(params.room)
  const records = room.ok ? await room.value.records(viewer.id, new URL(request.url).searchParams.get('kind')) : room
  return records.ok ? Response.json({ records: records.value }, { headers: { 'cache-control': 'no-store' } }) : refusalResponse(records.refusal)
}

/** POST `/rooms/:room/commands`: one command, as JSON. Refuses: not_signed_in, malformed, unknown_command, frame_too_large, and what the room refuses. */
export async function postCommand(info: RequestInfo): Promise<Response> {
  const { request, ctx } = info
  if (!ctx.viewer) return refusalResponse(notSignedIn().refusal)
  const body = await readLimited(request, MAX_FRAME_LENGTH)
  if (!body.ok) return refusalResponse(body.refusal.code === 'too_long' ? frameTooLarge().refusal : body.refusal)
  const tooMuch = limitBody(request, ctx.viewer.id, body.value.length)
  if (tooMuch) return tooMuch
  const done = await carryOut(body.value, info)
  return done.ok ? Response.json(done, { headers: { 'cache-control': 'no-store' } }) : refusalResponse(done.refusal)
}

async function carryOut(body: string, info: RequestInfo): Promise<Result<{ readonly seq: number } | null>> {
  const input = parseJson(body)
  if (input === undefined || (body.length > MAX_QUESTION_LENGTH && !isLongCommand(input)))
    return refuse('malformed', 'A command is an object of JSON; only a post and an agent may be long.')
  const command = parseCommand(input)
  if (!command.ok) return command
  try {
    // Who asks, once what they ask is whole: their session may have ended meanwhile.
    await setContext(info)
    const { viewer, address } = info.ctx
    if (!viewer) return notSignedIn()
    const room = await knownRoom(info.params.room)
    if (!room.ok) return room
    const done = await room.value.command(viewer.id, command.value, address)
    return done.ok ? accept(done.value) : done
  } catch (cause) {
    return { ok: false, refusal: unavailable('a command could not be carried out', cause) }
  }
}

function notSignedIn() {
  return refuse('not_signed_in', 'Say who you are first.')
}

function frameTooLarge() {
  return refuse('frame_too_large', 'That is more than a command may hold.')
}
