// The last catch of every page and form: the database or a room did not answer, or we have a bug. Said in words, with 503
// and a time to come back; logged with its cause.
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { refusalResponse, sayRefused } from '../../conversation/refusal'
import { wantsJson } from '../forms/form'
import { unavailable } from '../requests/unavailable'
import { RefusalPage } from './RefusalPage'

export function failed(cause: unknown, { request, isAction, response }: RequestInfo): Response | ReactElement {
  const { pathname } = new URL(request.url)
  const refusal = unavailable(`${request.method} ${pathname} failed`, cause)
  if (isAction || wantsJson(request)) return refusalResponse(refusal)
  sayRefused(response, refusal)
  return createElement(RefusalPage, { refusal, viewer: null, back: pathname })
}
