// An HTTP request whose path and headers go out as they are given: `fetch` would tidy them first.
import { request } from 'node:http'

export interface RawAnswer {
  readonly status: number
  readonly location: string | null
  readonly body: string
}

export function rawHttp(
  origin: string,
  path: string,
  options: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method: options.method ?? 'GET', headers: { ...options.headers } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? null, body: Buffer.concat(chunks).toString('utf8') }),
      )
    })
    asked.once('upgrade', (_response, socket) => {
      socket.destroy()
      resolve({ status: 101, location: null, body: '' })
    })
    asked.once('error', reject)
    asked.end(options.body)
  })
}
