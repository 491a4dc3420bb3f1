// An expected no. It is a value, not an exception, so that the screen can say something useful.

export type RefusalCode =
  | 'empty'
  | 'too_long'
  | 'unknown_command'
  | 'malformed'
  | 'frame_too_large'
  | 'not_signed_in'
  | 'not_a_member'
  | 'not_owner'
  | 'not_yours'
  | 'not_allowed'
  | 'no_guests'
  | 'no_such_room'
  | 'no_such_message'
  | 'id_taken'
  | 'not_retryable'
  | 'too_late'
  | 'gone'
  | 'void'
  | 'too_fast'
  | 'too_many_waiting'
  | 'too_many'
  | 'budget_spent'
  | 'too_many_sockets'
  | 'room_full'
  | 'wrong_origin'
  | 'wrong_host'
  | 'conflict'
  | 'name_taken'
  | 'bad_name'
  | 'claim_refused'
  | 'unavailable'

export interface Refusal {
  readonly code: RefusalCode
  /** A sentence for the person who asked. */
  readonly message: string
  /** When asking again may succeed, ms from now. */
  readonly retryAfterMs?: number
}

export type Result<T = undefined> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

const STATUS: Readonly<Record<RefusalCode, number>> = {
  empty: 400,
  too_long: 413,
  unknown_command: 400,
  malformed: 400,
  frame_too_large: 413,
  not_signed_in: 401,
  not_a_member: 403,
  not_owner: 403,
  not_yours: 403,
  not_allowed: 403,
  no_guests: 403,
  no_such_room: 404,
  no_such_message: 404,
  id_taken: 409,
  not_retryable: 409,
  too_late: 409,
  gone: 410,
  void: 409,
  too_fast: 429,
  too_many_waiting: 429,
  too_many: 409,
  budget_spent: 429,
  too_many_sockets: 429,
  room_full: 503,
  wrong_origin: 403,
  wrong_host: 421,
  conflict: 409,
  name_taken: 409,
  bad_name: 400,
  claim_refused: 403,
  unavailable: 503,
}

export function refuse(code: RefusalCode, message: string, retryAfterMs?: number): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: retryAfterMs === undefined ? { code, message } : { code, message, retryAfterMs } }
}

export function accept<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

/** The refusal as an HTTP response: JSON, the code's status, Retry-After in seconds where there is a wait. */
export function refusalResponse(refusal: Refusal): Response {
  const told = { status: 200, headers: new Headers({ 'cache-control': 'no-store' }) }
  sayRefused(told, refusal)
  return Response.json({ refusal }, told)
}

/** The same for an answer that is a page: its status, and Retry-After. */
export function sayRefused(response: { status?: number; headers: Headers }, { code, retryAfterMs }: Refusal): void {
  response.status = STATUS[code]
  if (retryAfterMs !== undefined) response.headers.set('retry-after', String(Math.ceil(retryAfterMs / 1000)))
}

export function statusOf(code: RefusalCode): number {
  return STATUS[code]
}
