// `/directory`: every room that somebody may see, each once: those they have been in, and the others. A page of each at a time.
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { listUnvisited, listVisited } from '../directory/list-rooms'
import { cursorIn } from '../directory/paging'
import { DirectoryPage } from './DirectoryPage'
import { askName } from './room-pages'

/** GET `/directory`, with `?visited=` or `?open=` for where the pages after the first begin: then with that list alone. */
export async function directory({ request, ctx }: RequestInfo): Promise<ReactElement> {
  if (!ctx.viewer) return askName(request)
  const { searchParams } = new URL(request.url)
  const [isVisited, isOpen] = [searchParams.has('visited'), searchParams.has('open')]
  const [visited, open] = await Promise.all([
    isOpen && !isVisited ? null : listVisited(env, ctx.viewer.id, cursorIn(searchParams.get('visited'))),
    isVisited ? null : listUnvisited(env, ctx.viewer.id, cursorIn(searchParams.get('open'))),
  ])
  return createElement(DirectoryPage, { visited, open })
}
