// The world outside, as tools reach it in tests: it notes what was done to it, and may take its time to say so.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Deed {
  readonly tool: string
  readonly reply: string
  readonly call: string
  readonly input: Readonly<Record<string, unknown>>
}

export class Outside {
  readonly deeds: Deed[] = []
  /** Whether what was done is answered only when it is released. */
  isHeld = false
  private readonly held: ServerResponse[] = []
  private readonly server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      this.deeds.push(JSON.parse(body) as Deed)
      if (this.isHeld) this.held.push(response)
      else response.end('done')
    })
  })

  static async open(): Promise<Outside> {
    const outside = new Outside()
    await new Promise<void>((resolve) => void outside.server.listen(0, '127.0.0.1', resolve))
    return outside
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  release(): void {
    this.isHeld = false
    for (const response of this.held.splice(0)) response.end('done')
  }

  async close(): Promise<void> {
    this.release()
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}
