// Flight without a browser: decodes payloads, and calls RedwoodSDK's server functions over HTTP as its client does.
import type { FlightDecoder } from '../../src/lanes/rsc/decoder'
import type { RscServer } from '../../src/lanes/rsc/client'
import type { Guest } from '../support/guest'

// Client components are never rendered here: a name for each is enough.
const modules = globalThis as { __webpack_require__?: (id: string) => unknown; __webpack_chunk_load__?: () => Promise<void> }
modules.__webpack_require__ = (id) => new Proxy({}, { get: (_, name) => Object.assign(() => null, { displayName: `${id}#${String(name)}` }) })
modules.__webpack_chunk_load__ = () => Promise.resolve()

// Loaded after the globals it reads at its start.
const { createFromReadableStream, encodeReply } = await import('react-server-dom-webpack/client.edge')

const moduleMap = new Proxy({}, { get: (_, id) => new Proxy({}, { get: (_module, name) => ({ id, name, chunks: [] }) }) })
const serverConsumerManifest = { moduleMap, moduleLoading: null, serverModuleMap: null }

export const decodeFlight: FlightDecoder = (stream) => createFromReadableStream(stream, { serverConsumerManifest })

/** RedwoodSDK names a server function by the file it is in. */
const FILE = '/src/lanes/rsc/server-functions.ts'

export function serverFunctions(guest: Guest): RscServer {
  return {
    ask: (room, command) => call(guest, room, 'ask', 'POST', [room, command]),
    earlier: (room, before) => call(guest, room, 'earlier', 'GET', [room, before]),
  }
}

async function call<T>(guest: Guest, room: string, name: string, method: 'GET' | 'POST', args: readonly unknown[]): Promise<T> {
  const url = new URL(`/rooms/${room}/rsc`, guest.origin)
  url.searchParams.set('__rsc', '')
  url.searchParams.set('__rsc_action_id', `${FILE}#${name}`)
  if (method === 'GET') url.searchParams.set('args', JSON.stringify(args))
  const body = method === 'POST' ? { body: await encodeReply(args) } : {}
  const response = await guest.fetch(url, { method, headers: { 'x-rsc-data-only': 'true' }, ...body })
  if (!response.body) throw new Error(`no answer from ${name}: ${response.status}`)
  // Whoever is refused before the function is called is told so plainly; a browser loads its page again.
  if (response.headers.get('content-type')?.startsWith('application/json')) return { ok: false, ...(await response.json<object>()) } as T
  const { actionResult } = await decodeFlight<{ actionResult: T }>(response.body)
  return actionResult
}
