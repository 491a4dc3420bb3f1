// A web of a test's own: what stands at each address, and which were asked.
import type { Ask } from '../outside'

export interface Web {
  readonly ask: Ask
  readonly asked: string[]
}

export function webOf(pages: Readonly<Record<string, () => Response | Promise<Response>>>): Web {
  const asked: string[] = []
  const ask: Ask = async ({ href }) => {
    asked.push(href)
    return pages[href]?.() ?? new Response('not here', { status: 404 })
  }
  return { ask, asked }
}

export function leadingTo(location: string, status = 302): () => Response {
  return () => new Response(null, { status, headers: { location } })
}

export function page(html: BodyInit, type = 'text/html; charset=utf-8'): () => Response {
  return () => new Response(html, { headers: { 'content-type': type } })
}

/** A body that goes on for as long as anybody listens. */
export function endless(piece: string, everyMs = 0): { readonly body: ReadableStream<Uint8Array>; readonly state: { sent: number; isHungUp: boolean } } {
  const state = { sent: 0, isHungUp: false }
  const bytes = new TextEncoder().encode(piece)
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, everyMs))
      state.sent += bytes.length
      if (!state.isHungUp) controller.enqueue(bytes)
    },
    cancel: () => void (state.isHungUp = true),
  })
  return { body, state }
}
