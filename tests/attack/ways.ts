// Every way by which a command can reach a room, and what each answers: 'ok', the code of a refusal, or how the socket was closed.
import type { RoomId } from '../../src/conversation/ids'
import type { Refusal } from '../../src/conversation/refusal'
import type { LaneName } from '../../src/lanes/lanes'
import { RawSocket } from '../lane-contract/raw-socket'
import type { Guest } from '../support/guest'
import { command } from '../support/room'
import { rawHttp } from './raw-http'

export type Asked = Readonly<Record<string, unknown>>
export type Way = (who: Guest, room: RoomId, asked: Asked) => Promise<string>

/** Over one socket of theirs until it is closed: what closes one must not spare the room the next. */
function bySocket(lane: LaneName): Way {
  const open = new Map<string, RawSocket>()
  return async (who, room, asked) => {
    const key = `${who.id} ${room}`
    const known = open.get(key)
    const socket = known?.closedWith === null ? known : await RawSocket.open(who, room, lane)
    open.set(key, socket)
    const before = socket.refusals.length
    socket.send(JSON.stringify(asked))
    await socket.answered()
    return socket.closedWith === null ? (socket.refusals[before] ?? 'ok') : `closed ${socket.closedWith}`
  }
}

async function byCommand(who: Guest, room: RoomId, asked: Asked): Promise<string> {
  const answer = await (await command(who, room, asked)).json<{ readonly refusal?: Refusal }>()
  return answer.refusal?.code ?? 'ok'
}

async function byServerFunction(who: Guest, room: RoomId, asked: Asked): Promise<string> {
  const query = new URLSearchParams({ __rsc: '', __rsc_action_id: '/src/lanes/rsc/server-functions.ts#ask' })
  const { body } = await rawHttp(who.origin, `/rooms/${room}/rsc?${query}`, {
    method: 'POST',
    headers: { cookie: who.cookie, origin: who.origin, 'x-rsc-data-only': 'true', 'content-type': 'text/plain;charset=UTF-8' },
    body: JSON.stringify([room, asked]),
  })
  return /"refusal":\{"code":"(\w+)"/.exec(body)?.[1] ?? 'ok'
}

export const WAYS = {
  'a frame of the agents lane': bySocket('agents'),
  'a frame of the tinybase lane': bySocket('tinybase'),
  'a server function': byServerFunction,
  'an HTTP command': byCommand,
} as const satisfies Readonly<Record<string, Way>>
