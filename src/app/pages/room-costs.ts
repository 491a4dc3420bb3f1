// What a room's agents took and may take: a page for everybody in it, with its owner's form, and what is left for whoever asks.
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { z } from 'zod'
import { type BudgetField, type Budgets, NO_BUDGETS, parseBudgets } from '../../conversation/budgets'
import type { Member } from '../../conversation/member'
import { recordsOf } from '../../conversation/record'
import { accept, type Refusal, refusalResponse, refuse, type Result } from '../../conversation/refusal'
import { type Allowance, roomOf, type Visit } from '../../room/surface'
import type { Costs } from '../../room/spending/costs'
import { knownRoom } from '../directory/known-room'
import { costsPath } from '../directory/places'
import { findRoom } from '../directory/rooms'
import { form } from '../forms/form'
import { addressOf } from '../requests/limit-requests'
import { CostsPage } from './CostsPage'
import { RefusalPage } from './RefusalPage'
import { askName, enterRoom, sayNo } from './room-pages'

/** GET `/rooms/:room/costs`. For members. */
export async function costsOfRoom({ request, params, ctx, response }: RequestInfo): Promise<Response | ReactElement> {
  if (!ctx.viewer) return askName(request)
  const opened = await costsIn(ctx.viewer, params.room, request)
  if (!opened.ok) return sayNo(opened.refusal, ctx.viewer, response)
  const { budgets } = opened.value
  return createElement(CostsPage, { ...opened.value, typed: typedFrom(budgets), faults: {}, refusal: null })
}

/** GET `/rooms/:room/allowance`: what whoever asks may still take there, as JSON; nobody else is told. Refuses: not_signed_in, no_such_room, not_a_member. */
export async function allowanceInRoom({ request, params, ctx }: RequestInfo): Promise<Response> {
  if (!ctx.viewer) return refusalResponse(refuse('not_signed_in', 'Say who you are first.').refusal)
  const room = await knownRoom(params.room)
  const allowance = room.ok ? await room.value.allowance(ctx.viewer.id, addressOf(request)) : room
  return allowance.ok ? Response.json(allowance.value, { headers: { 'cache-control': 'no-store' } }) : refusalResponse(allowance.refusal)
}

const TYPED = z.string().max(100).default('')

/** POST `/rooms/:room/costs`: saves the budgets. Refuses: not_signed_in, malformed, not_owner. */
export const postBudgets = form({
  fields: z.object({ person: TYPED, room: TYPED, turn: TYPED }),
  act: async (typed, { request, ctx, params }) => {
    if (!ctx.viewer) return refuse('not_signed_in', 'Say who you are first.')
    const found = await findRoom(env, params.room)
    if (!found.ok) return found
    const room = await roomOf(env, found.value.id)
    const parsed = parseBudgets(typed)
    // Who may not save anything is told so, and not how to write it.
    if (!parsed.ok) {
      const visit = await room.enter(ctx.viewer, null)
      return visit.ok && !visit.value.room.isOwner ? notOwner() : refuse('malformed', Object.values(parsed.faults)[0] ?? 'That is no budget.')
    }
    const saved = await room.command(ctx.viewer.id, { type: 'save-budgets', ...parsed.budgets }, addressOf(request))
    return saved.ok ? accept({ path: costsPath(found.value.id) }) : saved
  },
  page: async (refusal, fields, { request, ctx, params }) => {
    const opened = ctx.viewer && fields ? await costsIn(ctx.viewer, params.room, request) : null
    if (!fields || !opened?.ok || !opened.value.room.isOwner) return createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/' })
    const parsed = parseBudgets(fields)
    return createElement(CostsPage, { ...opened.value, typed: fields, faults: parsed.ok ? {} : parsed.faults, refusal: parsed.ok ? refusal : null })
  },
})

export interface RoomCosts {
  readonly room: Visit['room']
  readonly costs: Costs
  readonly budgets: Budgets
  readonly allowance: Allowance
}

async function costsIn(viewer: Member, id: unknown, request: Request): Promise<Result<RoomCosts>> {
  const visit = await enterRoom(viewer, id, null)
  if (!visit.ok) return visit
  const room = await roomOf(env, visit.value.room.id)
  const costs = await room.costs(viewer.id)
  if (!costs.ok) return costs
  const allowance = await room.allowance(viewer.id, addressOf(request))
  if (!allowance.ok) return allowance
  const records = await room.records(viewer.id, 'budget')
  if (!records.ok) return records
  return accept({
    room: visit.value.room,
    costs: costs.value,
    allowance: allowance.value,
    budgets: recordsOf(records.value, 'budget')[0]?.value ?? NO_BUDGETS,
  })
}

export type TypedBudgets = Readonly<Record<BudgetField, string>>

export interface CostsPageProps extends RoomCosts {
  /** What stands in the form: what was typed may be anything. */
  readonly typed: TypedBudgets
  readonly faults: Readonly<Partial<Record<BudgetField, string>>>
  readonly refusal: Refusal | null
}

function typedFrom({ person, room, turn }: Budgets): TypedBudgets {
  return { person: String(person ?? ''), room: String(room ?? ''), turn: String(turn ?? '') }
}

function notOwner(): Result<never> {
  return refuse('not_owner', 'Only the owner of this room sets what its agents may take.')
}
