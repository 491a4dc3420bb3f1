// What a room remembers: a page for everybody in it, where each may add, change and take away. It works without scripts.
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { z } from 'zod'
import type { Command } from '../../conversation/command'
import { isMessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { newestFirst } from '../../conversation/memory'
import type { Message } from '../../conversation/message'
import { recordsOf, type RecordOf } from '../../conversation/record'
import { accept, type Refusal, refuse, type Result } from '../../conversation/refusal'
import { roomOf, type Visit } from '../../room/surface'
import { memoryPath } from '../directory/places'
import { findRoom } from '../directory/rooms'
import { form } from '../forms/form'
import { addressOf } from '../requests/limit-requests'
import { MemoryPage } from './MemoryPage'
import { RefusalPage } from './RefusalPage'
import { askName, enterRoom, sayNo } from './room-pages'

export interface MemoryPageProps {
  readonly room: Visit['room']
  /** Newest first. */
  readonly memories: readonly RecordOf<'memory'>[]
  /** The note whose form is open; null for the one that adds. */
  readonly editing: string | null
  /** What stands in the form that is open; null for what is kept. */
  readonly typed: string | null
  readonly refusal: Refusal | null
  /** Where a note comes from: its message, `gone`, or null where nobody asked. */
  readonly source: Message | 'gone' | null
}

/** GET `/rooms/:room/memory`; with `?edit=` the form of that note, with `?source=` the message that one comes from. For members. */
export async function memoryOfRoom({ request, params, ctx, response }: RequestInfo): Promise<Response | ReactElement> {
  if (!ctx.viewer) return askName(request)
  const opened = await memoryIn(ctx.viewer, params.room)
  if (!opened.ok) return sayNo(opened.refusal, ctx.viewer, response)
  const asked = new URL(request.url).searchParams
  const source = await sourceOf(ctx.viewer, opened.value.room, asked.get('source'))
  return createElement(MemoryPage, { ...opened.value, editing: asked.get('edit'), typed: null, refusal: null, source })
}

/** POST `/rooms/:room/memory`: adds a note, changes one, or takes it away. Refuses as the commands do. */
export const postMemory = form({
  fields: z.object({ intent: z.enum(['add', 'edit', 'delete']).default('add'), id: z.string().default(''), fact: z.string().default('') }),
  act: async (typed, { request, ctx, params }) => {
    if (!ctx.viewer) return refuse('not_signed_in', 'Say who you are first.')
    const command = commandOf(typed)
    if (!command.ok) return command
    const found = await findRoom(env, params.room)
    if (!found.ok) return found
    const done = await (await roomOf(env, found.value.id)).command(ctx.viewer.id, command.value, addressOf(request))
    return done.ok ? accept({ path: memoryPath(found.value.id) }) : done
  },
  page: async (refusal, fields, { ctx, params }) => {
    const opened = ctx.viewer && fields ? await memoryIn(ctx.viewer, params.room) : null
    if (!fields || !opened?.ok) return createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/' })
    const editing = fields.intent === 'add' ? null : fields.id
    return createElement(MemoryPage, { ...opened.value, editing, typed: fields.fact, refusal, source: null })
  },
})

function commandOf({ intent, id, fact }: { readonly intent: 'add' | 'edit' | 'delete'; readonly id: string; readonly fact: string }): Result<Command> {
  if (intent === 'add') return accept<Command>({ type: 'remember', fact })
  if (!isMessageId(id)) return refuse('malformed', 'Say which note.')
  return accept<Command>(intent === 'edit' ? { type: 'edit-memory', id, fact } : { type: 'forget', id })
}

async function memoryIn(viewer: Member, id: unknown): Promise<Result<Pick<MemoryPageProps, 'room' | 'memories'>>> {
  const visit = await enterRoom(viewer, id, null)
  if (!visit.ok) return visit
  const { room } = visit.value
  const records = await (await roomOf(env, room.id)).records(viewer.id, 'memory')
  return records.ok ? accept({ room, memories: newestFirst(recordsOf(records.value, 'memory')) }) : records
}

async function sourceOf(viewer: Member, room: Visit['room'], asked: string | null): Promise<MemoryPageProps['source']> {
  if (!isMessageId(asked)) return null
  const message = await (await roomOf(env, room.id)).message(viewer.id, asked)
  return message.ok ? message.value : 'gone'
}
