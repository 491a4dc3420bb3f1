// The one way to a server function. RedwoodSDK would call whatever a file exports by the name that a client gives, revive
// whatever its body refers to, and answer 500 when it cannot; here two functions are known, and they are given plain data.
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import type { RoomId } from '../../conversation/ids'
import { MAX_FRAME_LENGTH, MAX_QUESTION_LENGTH } from '../../conversation/message'
import { isLongCommand, parseCommand } from '../../conversation/command'
import { accept, refusalResponse, refuse, statusOf, type Refusal, type RefusalCode, type Result } from '../../conversation/refusal'
import { parseJson } from '../../lanes/client/parse-json'
import { ask, earlier } from '../../lanes/rsc/server-functions'
import { lengthOfPage, type Page } from '../../conversation/page'
import { readLimited } from '../forms/read-limited'
import { setContext, type AppContext } from './context'
import { countReading, limitBody } from './limit-requests'
import { signedSessionHash } from '../../auth/session'
import { roomOf } from '../../room/surface'
import { findRoom, wasFound } from '../directory/rooms'
import { unavailable } from './unavailable'

type ServerFunction = (room: RoomId, argument: unknown) => Promise<Result<unknown>>

/** RedwoodSDK names a server function by the file it is in, and the same way from source as when built. */
const FILE = '/src/lanes/rsc/server-functions.ts'

/** By the method that each answers to, and its name. */
const FUNCTIONS: ReadonlyMap<string, ServerFunction> = new Map<string, ServerFunction>([
  [`POST ${FILE}#ask`, ask],
  [`GET ${FILE}#earlier`, earlier],
])

/** After these a page cannot go on, or is older than the server. Told by the status, RedwoodSDK's client loads it again. */
const ENDS_THE_PAGE: ReadonlySet<RefusalCode> = new Set(['not_signed_in', 'not_a_member', 'malformed', 'unknown_command'])

/** Answers a call, from whatever page it comes, with its data alone. Lets every other request pass. */
export async function callServerFunction(info: RequestInfo): Promise<Response | ReactElement | undefined> {
  const { request, ctx, rw, response } = info
  const id = new URL(request.url).searchParams.get('__rsc_action_id')
  // While developing, Vite asks for the page again by this name.
  if (id === null || (import.meta.env.DEV && id === '__rsc_hot_update')) return undefined
  const called = FUNCTIONS.get(`${request.method} ${id}`)
  if (!called) return noServerFunction()
  // A stranger is not read, and does not learn which rooms there are.
  if (!ctx.viewer && !ctx.unknown) return refusalResponse(refuse('not_signed_in', 'Say who you are first.').refusal)
  const text = await readText(request)
  if (!text.ok) return refusalResponse(text.refusal)
  const tooMuch = limitBody(request, ctx.viewer?.id ?? null, text.value.length)
  if (tooMuch) return tooMuch
  const read = readArguments(text.value)
  if (!read.ok) return refusalResponse(read.refusal)
  const [roomId, argument] = read.value
  const result = await answerTo(called, roomId, argument, info)
  if (!result.ok && result.refusal.code === 'no_such_room') return refusalResponse(result.refusal)
  if (!result.ok && ENDS_THE_PAGE.has(result.refusal.code)) response.status = statusOf(result.refusal.code)
  if (result.ok && ctx.viewer && isRenderedPage(result.value)) countReading(request, ctx.viewer.id, lengthOfPage(result.value.page))
  rw.actionResult = result
  return createElement('div')
}

function isRenderedPage(value: unknown): value is { readonly page: Page } {
  return typeof value === 'object' && value !== null && 'page' in value
}

async function answerTo(called: ServerFunction, id: unknown, argument: unknown, info: RequestInfo): Promise<Result<unknown>> {
  const { request, ctx } = info
  try {
    askerIsKnown(ctx)
    // The directory is asked first, so that a wrong name never makes an object. And who asks, once what they ask is whole.
    const [room] = await Promise.all([findRoom(env, id), request.method === 'GET' ? undefined : setContext(info)])
    askerIsKnown(ctx)
    return room.ok ? await called(room.value.id, argument) : room
  } catch (cause) {
    const refusal = unavailable('a server function failed', cause)
    return called === ask ? askBySocket(id, argument, request, refusal) : { ok: false, refusal }
  }
}

/** Throws what kept it from being found out who asks. */
function askerIsKnown({ unknown }: AppContext): void {
  if (unknown) throw unknown.cause
}

/**
 * The database answers neither who asks nor which rooms there are; the other lanes go on by their sockets, and so does this
 * one: the cookie's signature says which session asks, and the room whether that has a socket open. Nothing else is let in.
 */
async function askBySocket(id: unknown, argument: unknown, request: Request, refusal: Refusal): Promise<Result<unknown>> {
  const command = parseCommand(argument)
  const session = await signedSessionHash(request, env)
  if (!wasFound(id) || session === null || !command.ok) return { ok: false, refusal }
  try {
    return await (await roomOf(env, id)).commandOfSession(session, command.value)
  } catch (cause) {
    return { ok: false, refusal: unavailable('a room failed as well', cause) }
  }
}

/** For an address without a page. RedwoodSDK would run a server function there before the address's own checks. */
export function refuseServerFunction({ isAction }: RequestInfo): Response | undefined {
  return isAction ? noServerFunction() : undefined
}

function noServerFunction(): Response {
  return refusalResponse(refuse('unknown_command', 'There is no such server function.').refusal)
}

async function readText(request: Request): Promise<Result<string>> {
  if (request.method === 'GET') return accept(new URL(request.url).searchParams.get('args') ?? '')
  const read = await readLimited(request, MAX_FRAME_LENGTH)
  return !read.ok && read.refusal.code === 'too_long' ? refuse('frame_too_large', 'That is more than a server function is told at once.') : read
}

/** Only a post may be long. */
function readArguments(text: string): Result<readonly unknown[]> {
  const read = parseJson(text)
  const plain = Array.isArray(read) ? read.map(plainData) : [REFERENCE]
  if (plain.includes(REFERENCE) || (text.length > MAX_QUESTION_LENGTH && !isLongCommand(plain[1])))
    return refuse('malformed', 'A server function is told its arguments as plain data.')
  return accept(plain)
}

/** What no argument is: something that refers to something. */
const REFERENCE = Symbol('a reference')

/** React writes a text that begins with $ with one more, and whatever is no plain data with one. Called for few values only: `parseJson` saw to that. */
function plainData(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('$') ? (value.startsWith('$$') ? value.slice(1) : REFERENCE) : value
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, plainData(inner)] as const)
  if (entries.some(([, inner]) => inner === REFERENCE)) return REFERENCE
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)
}
