// What a room's agents did outside it, and what they asked leave for: a page for its owner, and all of it as JSON lines.
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import type { Member } from '../../conversation/member'
import { accept, refusalResponse, refuse, type Result } from '../../conversation/refusal'
import type { AuditedPage } from '../../room/approvals/audit'
import { roomOf, type Visit } from '../../room/surface'
import { AuditPage } from './AuditPage'
import { askName, enterRoom, sayNo } from './room-pages'

/** GET `/rooms/:room/audit`, with `before` a line or `format=jsonl`. For its owner. Refuses: no_such_room, not_a_member, not_owner, malformed. */
export async function auditOfRoom({ request, params, ctx, response }: RequestInfo): Promise<Response | ReactElement> {
  const { searchParams } = new URL(request.url)
  const asLines = searchParams.get('format') === 'jsonl'
  if (!ctx.viewer) return asLines ? refusalResponse(refuse('not_signed_in', 'Say who you are first.').refusal) : askName(request)
  const audited = await auditIn(ctx.viewer, params.room, searchParams.get('before'))
  if (asLines) return audited.ok ? exported(ctx.viewer, audited.value) : refusalResponse(audited.refusal)
  return audited.ok ? createElement(AuditPage, audited.value) : sayNo(audited.refusal, ctx.viewer, response)
}

interface Audited {
  readonly room: Visit['room']
  readonly page: AuditedPage
}

async function auditIn(viewer: Member, id: unknown, before: string | null): Promise<Result<Audited>> {
  if (before !== null && !/^\d{1,15}$/.test(before)) return refuse('malformed', 'A page of the audit is asked for by the line that it ends before.')
  const visit = await enterRoom(viewer, id, null)
  if (!visit.ok) return visit
  const page = await (await roomOf(env, visit.value.room.id)).audit(viewer.id, before === null ? null : Number(before))
  return page.ok ? accept({ room: visit.value.room, page: page.value }) : page
}

/** Asked for page by page, as fast as it is read: of each page it is asked again whether they may. */
function exported(viewer: Member, { room, page }: Audited): Response {
  const encoder = new TextEncoder()
  let next: AuditedPage | null = page
  const lines = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const now: AuditedPage | null = next
      if (!now) return controller.close()
      if (now.lines.length > 0) controller.enqueue(encoder.encode(now.lines.map((line) => `${JSON.stringify(line)}\n`).join('')))
      const more: Result<AuditedPage> | null = now.before === null ? null : await (await roomOf(env, room.id)).audit(viewer.id, now.before)
      if (more && !more.ok) return controller.error(new Error(more.refusal.message))
      next = more?.value ?? null
      if (!next) controller.close()
    },
  })
  const headers = {
    'content-type': 'application/jsonl; charset=utf-8',
    'content-disposition': `attachment; filename="${room.id}-audit.jsonl"`,
    'cache-control': 'no-store',
  }
  return new Response(lines, { headers })
}
