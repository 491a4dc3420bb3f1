// The connections to a room's servers, each open while it is used and for a short while after it. Invariants: a server has one at most; a call
// goes only to a tool that is, on this very connection, what was accepted; and a server that does not answer makes nobody wait but who asked it.
import { type CallContext, ServerConnection, type ServerAccess } from '../../agents/servers/connection'
import { type Definitions, printsOf } from '../../agents/servers/definitions'
import { Forgotten, ServerFault } from '../../agents/servers/server-fault'
import type { ToolOutcome } from '../../agents/tools/tool'

/** How long one is kept that nobody uses, ms: until an agent has read what came and calls again. */
const IDLE_MS = 30_000
/** How long a server's tools are taken to be what they were, ms: calls of one step are made together. */
const FRESH_MS = 1_000

export interface Listing extends Definitions {
  /** By name. */
  readonly prints: Readonly<Record<string, string>>
}

interface OpenConnection {
  readonly connection: ServerConnection
  readonly listing: Listing
}

interface Kept {
  opened: Promise<OpenConnection>
  /** When its tools were asked for last. */
  askedAt: number
  usedAt: number
  users: number
}

export interface ConnectionsPort {
  /** Where a server is and what it is shown; null for one that is gone. */
  access(server: string): Promise<ServerAccess | null>
  /** It was asked for its tools: what became of those that were accepted is known once this resolves. */
  listed(server: string, listing: Listing): Promise<void>
  /** It lets nobody in, until somebody signs in there. */
  shut(server: string, fault: ServerFault): void
  /** Runs this after so many ms. */
  later(run: () => void, ms: number): void
  now(): number
}

export class Connections {
  private readonly kept = new Map<string, Kept>()
  private readonly port: ConnectionsPort

  constructor(port: ConnectionsPort) {
    this.port = port
  }

  /** Asks a server for its tools, on a new connection. Rejects with a ServerFault. */
  async list(server: string): Promise<void> {
    this.forget(server)
    await this.use(server, async () => {})
  }

  /** `print`: of the tool as it was accepted. */
  async call(server: string, tool: string, print: string, input: Readonly<Record<string, unknown>>, context: CallContext): Promise<ToolOutcome> {
    const once = async () =>
      this.use<ToolOutcome>(server, async ({ connection, listing }) => {
        const now = Object.hasOwn(listing.prints, tool) ? listing.prints[tool] : undefined
        if (now === undefined) return { ok: false, text: `This server has no tool called ${tool} any more. It was not called.` }
        if (now !== print) return { ok: false, text: CHANGED }
        return connection.call(tool, input, context)
      })
    try {
      // Whoever has forgotten us has not run it, and is met anew.
      return await once().catch((cause: unknown) => {
        if (cause instanceof Forgotten) return once()
        throw cause
      })
    } catch (cause) {
      if (!(cause instanceof ServerFault)) throw cause
      if (cause.state === 'sign-in') this.port.shut(server, cause)
      return { ok: false, text: cause.state === 'sign-in' ? `${cause.message} ${WHO_SIGNS_IN}` : cause.message }
    }
  }

  /** Closes what is open of it; its next call opens another. */
  forget(server: string): void {
    const kept = this.kept.get(server)
    this.kept.delete(server)
    if (kept) close(kept)
  }

  private async use<T>(server: string, work: (open: OpenConnection) => Promise<T>): Promise<T> {
    const kept = this.current(server) ?? this.open(server)
    kept.users += 1
    try {
      return await work(await kept.opened)
    } catch (cause) {
      // The next call begins anew; those beside this one go on.
      if (cause instanceof ServerFault && this.kept.get(server) === kept) this.kept.delete(server)
      throw cause
    } finally {
      kept.users -= 1
      kept.usedAt = this.port.now()
      if (kept.users === 0 && this.kept.get(server) === kept) this.port.later(() => this.closeIdle(server, kept), IDLE_MS)
      else if (kept.users === 0) close(kept)
    }
  }

  /** The one that is open, its tools looked at again. */
  private current(server: string): Kept | null {
    const kept = this.kept.get(server)
    const now = this.port.now()
    if (!kept || now - kept.askedAt < FRESH_MS) return kept ?? null
    kept.askedAt = now
    kept.opened = this.again(server, kept.opened)
    return kept
  }

  private open(server: string): Kept {
    const now = this.port.now()
    const kept: Kept = { opened: this.opened(server), askedAt: now, usedAt: now, users: 0 }
    this.kept.set(server, kept)
    return kept
  }

  private async opened(server: string): Promise<OpenConnection> {
    const access = await this.port.access(server)
    if (!access) throw new ServerFault('This server was removed from the room.')
    const connection = await ServerConnection.open(access)
    try {
      return { connection, listing: await this.listed(server, connection) }
    } catch (cause) {
      connection.close()
      throw cause
    }
  }

  /** A server that has forgotten us meanwhile, or began anew itself, is met anew. Nothing was called yet. */
  private async again(server: string, before: Promise<OpenConnection>): Promise<OpenConnection> {
    const { connection } = await before
    try {
      return { connection, listing: await this.listed(server, connection) }
    } catch (cause) {
      connection.close()
      // Another connection lets in nobody else.
      if (cause instanceof ServerFault && cause.state === 'sign-in') throw cause
      return this.opened(server)
    }
  }

  private async listed(server: string, connection: ServerConnection): Promise<Listing> {
    const listed = await connection.list()
    const listing = { ...listed, prints: await printsOf(listed.tools) }
    await this.port.listed(server, listing)
    return listing
  }

  private closeIdle(server: string, kept: Kept): void {
    if (kept.users > 0 || this.port.now() - kept.usedAt < IDLE_MS) return
    if (this.kept.get(server) === kept) this.kept.delete(server)
    close(kept)
  }
}

function close({ opened }: Kept): void {
  opened.then(({ connection }) => connection.close()).catch(() => {})
}

const WHO_SIGNS_IN = 'The owner of this room signs in on its page “Agents”. This tool was not called.'
const CHANGED =
  'This tool is not what the owner of this room accepted: its server has changed it. It was not called, and is not until the owner has looked at it.'
