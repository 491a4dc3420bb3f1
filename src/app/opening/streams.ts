// What the renderers write, read as a whole.
import { renderToReadableStream } from 'react-server-dom-webpack/server.edge'
import { manifest } from '../../lanes/rsc/payloads'

export function flightOf(value: unknown): ReadableStream<Uint8Array> {
  return renderToReadableStream(value, manifest, { onError: failed })
}

export function failed(cause: unknown): void {
  console.error('rendering the messages of a page failed', cause)
}

export function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text()
}
