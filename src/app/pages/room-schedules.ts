// What a room's agents do later: a page for everybody in it, where each may plan something and cancel what is theirs.
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { z } from 'zod'
import type { Command } from '../../conversation/command'
import { isMemberId, isMessageId, type MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { recordsOf, type RecordOf } from '../../conversation/record'
import { accept, type Refusal, refuse, type Result } from '../../conversation/refusal'
import { soonestFirst, ZONE } from '../../room/schedules/room-schedules'
import { roomOf, type Visit } from '../../room/surface'
import { schedulesPath } from '../directory/places'
import { findRoom } from '../directory/rooms'
import { form } from '../forms/form'
import { addressOf } from '../requests/limit-requests'
import { RefusalPage } from './RefusalPage'
import { askName, enterRoom, sayNo } from './room-pages'
import { SchedulesPage } from './SchedulesPage'

type Intent = 'add' | 'cancel' | 'zone'

/** What stands in the form that plans. */
export interface TypedSchedule {
  readonly task: string
  readonly when: string
  readonly agent: string
}

export interface SchedulesPageProps {
  readonly room: Visit['room']
  readonly viewer: Member
  /** The next first. */
  readonly schedules: readonly RecordOf<'schedule'>[]
  readonly agents: readonly RecordOf<'agent'>[]
  readonly zone: string
  readonly typed: TypedSchedule
  /** What was refused, and of which form. */
  readonly refused: { readonly refusal: Refusal; readonly intent: Intent } | null
}

const NOTHING: TypedSchedule = { task: '', when: '', agent: '' }

/** GET `/rooms/:room/schedules`. For members. */
export async function schedulesOfRoom({ request, params, ctx, response }: RequestInfo): Promise<Response | ReactElement> {
  if (!ctx.viewer) return askName(request)
  const opened = await schedulesIn(ctx.viewer, params.room)
  if (!opened.ok) return sayNo(opened.refusal, ctx.viewer, response)
  return createElement(SchedulesPage, { ...opened.value, typed: NOTHING, refused: null })
}

const TYPED = z.string().default('')

/** POST `/rooms/:room/schedules`: plans something, cancels it, or sets the room's time zone. Refuses as the commands do. */
export const postSchedule = form({
  fields: z.object({ intent: z.enum(['add', 'cancel', 'zone']).default('add'), id: TYPED, task: TYPED, when: TYPED, agent: TYPED, zone: TYPED }),
  act: async (typed, { request, ctx, params }) => {
    if (!ctx.viewer) return refuse('not_signed_in', 'Say who you are first.')
    const command = commandOf(typed)
    if (!command.ok) return command
    const found = await findRoom(env, params.room)
    if (!found.ok) return found
    const done = await (await roomOf(env, found.value.id)).command(ctx.viewer.id, command.value, addressOf(request))
    return done.ok ? accept({ path: schedulesPath(found.value.id) }) : done
  },
  page: async (refusal, fields, { ctx, params }) => {
    const opened = ctx.viewer && fields ? await schedulesIn(ctx.viewer, params.room) : null
    if (!fields || !opened?.ok) return createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/' })
    const { intent, task, when, agent } = fields
    return createElement(SchedulesPage, { ...opened.value, typed: intent === 'add' ? { task, when, agent } : NOTHING, refused: { refusal, intent } })
  },
})

interface Fields extends TypedSchedule {
  readonly intent: Intent
  readonly id: string
  readonly zone: string
}

function commandOf({ intent, id, task, when, agent, zone }: Fields): Result<Command> {
  if (intent === 'zone') return accept<Command>({ type: 'set-time-zone', zone: zone.trim() })
  if (intent === 'cancel') return isMessageId(id) ? accept<Command>({ type: 'cancel-schedule', id }) : refuse('malformed', 'Say which schedule.')
  return isMemberId(agent)
    ? accept<Command>({ type: 'add-schedule', task, when, agent: agent satisfies MemberId })
    : refuse('malformed', 'Choose one of the agents.')
}

async function schedulesIn(viewer: Member, id: unknown): Promise<Result<Omit<SchedulesPageProps, 'typed' | 'refused'>>> {
  const visit = await enterRoom(viewer, id, null)
  if (!visit.ok) return visit
  const { room } = visit.value
  const records = await (await roomOf(env, room.id)).records(viewer.id, null)
  if (!records.ok) return records
  return accept({
    room,
    viewer,
    schedules: soonestFirst(recordsOf(records.value, 'schedule')),
    agents: recordsOf(records.value, 'agent').toSorted((a, b) => a.value.order - b.value.order),
    zone: recordsOf(records.value, 'room')[0]?.value.zone ?? ZONE,
  })
}
