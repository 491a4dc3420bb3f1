// Every form of Parley is a plain POST: it works before scripts run, and without them. Too big or malformed it is
// refused; an accepted one answers with a redirect.
import type { ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import type { z } from 'zod'
import type { Member } from '../../conversation/member'
import { refuse, refusalResponse, sayRefused, type Refusal, type Result } from '../../conversation/refusal'
import { setContext } from '../requests/context'
import { unavailable } from '../requests/unavailable'
import { readLimited } from './read-limited'

/** Forms carry a name and an address; more is not ours, in characters. */
const MAX_FORM_LENGTH = 16 * 1024

/** Where to go after a form was accepted, and the cookies to set on the way. */
export interface Onward {
  readonly path: string
  readonly cookies?: Headers
  /** Who one is from now on; programs are told. */
  readonly member?: Member
  /** What people see instead of being sent there: that they leave this site, which no form of ours does by itself. */
  readonly page?: ReactElement
}

export interface FormRoute<T> {
  readonly fields: z.ZodType<T>
  /** What the form may hold, in characters, where that is more than a name and an address. */
  readonly most?: number
  /** Does what the form asks. */
  readonly act: (fields: T, info: RequestInfo) => Promise<Result<Onward>>
  /** The page that shows a refusal in words; `fields` is null when they could not be read. */
  readonly page: (refusal: Refusal, fields: T | null, info: RequestInfo) => ReactElement | Promise<ReactElement>
}

/** A POST handler. A program that accepts JSON rather than HTML gets the refusal, or where to go, as JSON. */
export function form<T>({ fields, most = MAX_FORM_LENGTH, act, page }: FormRoute<T>) {
  return async (info: RequestInfo): Promise<Response | ReactElement> => {
    const read = await readForm(info.request, fields, most)
    const done = read.ok ? await attempt(() => setContext(info).then(() => act(read.value, info))) : read
    const json = wantsJson(info.request)
    if (done.ok) return done.value.page && !json ? done.value.page : onward(done.value, json)
    if (json) return refusalResponse(done.refusal)
    sayRefused(info.response, done.refusal)
    return page(done.refusal, read.ok ? read.value : null, info)
  }
}

/** Whatever breaks while a form is carried out is said in words, with nothing done by halves that was not said. */
async function attempt(act: () => Promise<Result<Onward>>): Promise<Result<Onward>> {
  try {
    return await act()
  } catch (cause) {
    return { ok: false, refusal: unavailable('a form could not be carried out', cause) }
  }
}

async function readForm<T>(request: Request, fields: z.ZodType<T>, most: number): Promise<Result<T>> {
  const body = await readLimited(request, most)
  if (!body.ok) return body
  const parsed = fields.safeParse(parseBody(body.value, request.headers.get('content-type') ?? ''))
  return parsed.success ? { ok: true, value: parsed.data } : refuse('malformed', 'That form was not filled in as it should be.')
}

function parseBody(body: string, contentType: string): unknown {
  if (!contentType.startsWith('application/json')) return Object.fromEntries(new URLSearchParams(body))
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

export function wantsJson(request: Request): boolean {
  const accept = request.headers.get('accept') ?? ''
  return accept.includes('application/json') && !accept.includes('text/html')
}

function onward({ path, cookies, member }: Onward, json: boolean): Response {
  const headers = new Headers(cookies)
  if (json) return Response.json({ location: path, member }, { headers })
  headers.set('location', path)
  return new Response(null, { status: 303, headers })
}
