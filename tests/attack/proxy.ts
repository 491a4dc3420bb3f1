// A network between a client and the server: it can stall, and it can forget a connection without telling the server.
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

interface Pair {
  readonly client: Socket
  readonly server: Socket
}

export class Proxy {
  readonly url: string
  private readonly listener: Server
  private readonly pairs = new Set<Pair>()
  private asleep = false

  private constructor(listener: Server, url: string, target: number) {
    this.listener = listener
    this.url = url
    listener.on('connection', (client) => this.join(client, target))
  }

  /** In front of a server on this port of this machine. */
  static async before(target: number): Promise<Proxy> {
    const listener = createServer().listen(0, 'localhost')
    await once(listener, 'listening')
    const address = listener.address()
    if (address === null || typeof address === 'string') throw new Error('a proxy has a port')
    return new Proxy(listener, `http://localhost:${address.port}`, target)
  }

  /** Nothing gets through, either way, and nobody is told. */
  stall(): void {
    for (const { client, server } of this.pairs) for (const socket of [client, server]) socket.pause()
  }

  /** What was held back goes on its way. */
  flow(): void {
    for (const { client, server } of this.pairs) for (const socket of [client, server]) socket.resume()
  }

  /** The client's connections are gone, and new ones are refused; the server believes that they are still there. */
  sleep(): void {
    this.asleep = true
    for (const { client } of this.pairs) client.resetAndDestroy()
  }

  wake(): void {
    this.asleep = false
  }

  close(): void {
    this.listener.close()
    for (const { client, server } of this.pairs) for (const socket of [client, server]) socket.destroy()
  }

  private join(client: Socket, target: number): void {
    if (this.asleep) return void client.resetAndDestroy()
    const server = connect(target, 'localhost')
    this.pairs.add({ client, server })
    client.on('data', (bytes) => server.write(bytes))
    server.on('data', (bytes) => client.write(bytes))
    server.on('close', () => client.destroy())
    client.on('end', () => server.end())
    // A connection that broke is what these tests are about.
    for (const socket of [client, server]) socket.on('error', () => socket.destroy())
  }
}
