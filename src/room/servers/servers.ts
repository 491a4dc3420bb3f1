// The servers of tools that a room's owner added. Invariants: what agents are offered was accepted by the owner, word for word; what a server
// changes waits for them, and the rest goes on without it; and a server is asked in nobody's request, so that nobody waits for it.
import { printOf, type ToolDefinition } from '../../agents/servers/definitions'
import { serverName } from '../../agents/servers/names'
import { review } from '../../agents/servers/review'
import { ServerFault } from '../../agents/servers/server-fault'
import { servedTool } from '../../agents/servers/served-tool'
import type { OfferedTool, ToolContext, ToolOutcome } from '../../agents/tools/tool'
import { newMessageId } from '../../conversation/ids'
import type { PolicyMode } from '../../conversation/policy'
import { recordsOf, type RecordOf } from '../../conversation/record'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { MAX_SERVERS, type ServerProfile, type ServerTool } from '../../conversation/server-profile'
import { readOutsideAddress } from '../../outside/address'
import { CheckPace } from './check-pace'
import { Connections, type Listing } from './connections'
import { Credentials } from './credentials'
import type { AddedServer, ServedFacts, ServersPort, ToolToReview } from './servers-port'
import { SignIns } from './sign-ins'
import { pinOf } from './stored-servers'

export class Servers {
  readonly signIns: SignIns
  private readonly port: ServersPort
  private readonly credentials: Credentials
  private readonly connections: Connections
  /** Servers that are being asked for their tools, until they have answered. */
  private readonly checks = new Map<string, Promise<void>>()
  private readonly pace = new CheckPace()

  constructor(port: ServersPort) {
    this.port = port
    const { host, stored, room, isOwner, now } = port
    const known = { host, stored, isOwner, now, addressOf: (server: string) => this.find(server)?.value.address ?? null }
    this.credentials = new Credentials(known)
    this.signIns = new SignIns({
      ...known,
      credentials: this.credentials,
      room,
      failed: (server, words) => this.shut(server, words),
      signedIn: (server, person) => this.signedIn(server, port.nameOf(person)),
    })
    this.connections = new Connections({
      access: async (server) => this.credentials.access(server),
      listed: async (server, listing) => this.took(server, listing),
      shut: (server, { message }) => this.shut(server, message),
      later: port.later,
      now: port.now,
    })
  }

  /** When the room wakes: what was being asked for then is asked for again. */
  wake(): void {
    for (const { id, value } of this.all()) if (value.state === 'connecting') this.check(id)
  }

  /** Answers the id of its record. Refuses: malformed, name_taken, too_many. */
  add({ address, name, token, client }: AddedServer): Result<string> {
    const read = readServerAddress(address, this.port.host().loopback)
    if (!read.ok) return refuse('malformed', read.fault)
    const others = this.all().map(({ value }) => value)
    if (others.some((other) => other.address === read.url)) return refuse('name_taken', 'This server is here already.')
    if (others.length >= MAX_SERVERS) return refuse('too_many', `A room has at most ${MAX_SERVERS} servers.`)
    const called = serverName(
      read.url,
      name ?? null,
      others.map((other) => other.name),
    )
    const id = `server-${newMessageId()}`
    const saved = this.save(id, { address: read.url, name: called, state: 'connecting', words: null, print: '', tools: [] })
    if (!saved.ok) return saved
    this.begin(id, async () => {
      if (token !== undefined) await this.credentials.keepToken(id, token)
      if (client !== undefined) await this.signIns.keepClient(id, client)
      await this.ask(id)
    })
    return accept(id)
  }

  /** Asks a server for its tools; one that is being asked is not asked again. Refuses: no_such_message, too_fast. */
  check(id: string): Result<null> {
    const server = this.find(id)
    if (!server) return gone()
    if (this.checks.has(id)) return accept(null)
    const tooFast = this.pace.take(this.port.now())
    if (tooFast) return { ok: false, refusal: tooFast }
    this.save(id, { ...server.value, state: 'connecting', words: null })
    this.begin(id, async () => this.ask(id))
    return accept(null)
  }

  /** Resolves when no server is being asked any more that is now. */
  async settled(): Promise<void> {
    await Promise.all(this.checks.values())
  }

  /** Refuses: no_such_message, too_late when they are not what was seen. */
  acceptTools(id: string, print: string, policies: ReadonlyMap<string, PolicyMode>): Result<null> {
    const server = this.find(id)
    if (!server) return gone()
    if (server.value.state === 'connecting' || server.value.print !== print || print === '')
      return refuse('too_late', 'These tools have changed since you looked at them. Look again before you accept them.')
    return this.port.transaction(() => {
      const gone = server.value.tools.filter((tool) => tool.review === 'gone')
      const tools = server.value.tools
        .filter((tool) => tool.review !== 'gone')
        .map((tool): ServerTool => ({ ...this.chosen(tool, policies.get(tool.name)), review: 'accepted' }))
      this.forgetModes(gone)
      this.port.stored.setTools(id, 'accepted', this.port.stored.tools(id, 'found'))
      return this.save(id, { ...server.value, tools, state: 'ready' })
    })
  }

  /** Refuses: no_such_message. */
  setPolicies(id: string, policies: ReadonlyMap<string, PolicyMode>): Result<null> {
    const server = this.find(id)
    if (!server) return gone()
    return this.port.transaction(() => this.save(id, { ...server.value, tools: server.value.tools.map((tool) => this.chosen(tool, policies.get(tool.name))) }))
  }

  /** Refuses: no_such_message. */
  remove(id: string): Result<null> {
    const server = this.find(id)
    if (!server) return gone()
    this.connections.forget(id)
    return this.port.transaction(() => {
      this.forgetModes(server.value.tools)
      this.port.stored.forget(id)
      const removed = this.port.changes().set('server', id, null)
      return removed.ok ? accept(null) : removed
    })
  }

  /** For the room's owner. Refuses: no_such_message. */
  review(id: string): Result<readonly ToolToReview[]> {
    const server = this.find(id)
    if (!server) return gone()
    const found = this.definitions(id, 'found')
    const accepted = this.definitions(id, 'accepted')
    return accept(
      server.value.tools.map((tool) => ({
        ...tool,
        policy: this.modeOf(tool),
        found: found.get(tool.name) ?? null,
        accepted: accepted.get(tool.name) ?? null,
      })),
    )
  }

  /** Every tool that was accepted once, with what was accepted. */
  facts(): readonly ServedFacts[] {
    return this.all().flatMap(({ id, value: { name: server, tools } }) => {
      const accepted = new Map(this.port.stored.tools(id, 'accepted').map((tool) => [tool.definition.name, tool]))
      return tools.flatMap(({ name: own, called: name, readOnly, policy, review }) => {
        const pinned = accepted.get(own)
        if (!pinned) return []
        const { description } = pinned.definition
        return [{ name, own, server, pin: pinOf(id, pinned), description, effect: 'outside', readOnly, policy, isOffered: review === 'accepted' } as const]
      })
    })
  }

  /** What an agent may use that was given these servers. */
  offered(servers: readonly string[]): readonly OfferedTool[] {
    return this.all()
      .filter(({ id }) => servers.includes(id))
      .flatMap((server) => this.offeredBy(server))
  }

  private offeredBy({ id, value }: RecordOf<'server'>): readonly OfferedTool[] {
    const accepted = new Map(this.port.stored.tools(id, 'accepted').map((tool) => [tool.definition.name, tool]))
    return value.tools.flatMap((tool) => {
      const pinned = accepted.get(tool.name)
      if (!pinned || !this.isUsed(tool)) return []
      return servedTool({
        server: value.name,
        tool,
        accepted: pinned.definition,
        pin: pinOf(id, pinned),
        call: async (input, context) => this.call(id, tool.name, pinned.print, input, context),
      })
    })
  }

  /** What its owner has decided since the turn began holds for it too. */
  private async call(id: string, name: string, print: string, input: Readonly<Record<string, unknown>>, context: ToolContext): Promise<ToolOutcome> {
    const tool = this.find(id)?.value.tools.find((known) => known.name === name)
    if (!tool || !this.isUsed(tool)) return { ok: false, text: 'This tool may not be used in this room any more. It was not called.' }
    return this.connections.call(id, name, print, input, context)
  }

  private isUsed(tool: ServerTool): boolean {
    return tool.review === 'accepted' && this.modeOf(tool) !== 'off'
  }

  /** What was said of it last, on this page or on the card of a call. */
  private modeOf({ called, policy }: ServerTool): PolicyMode {
    return this.port.savedMode(called) ?? policy
  }

  private forgetModes(tools: readonly ServerTool[]): void {
    for (const { called } of tools) this.port.changes().set('policy', called, null)
  }

  /** What was said of a tool by its name is said of no other, and gives way to what is chosen now. */
  private chosen(tool: ServerTool, mode: PolicyMode | undefined): ServerTool {
    if (mode === undefined || mode === this.modeOf(tool)) return tool
    this.port.changes().set('policy', tool.called, null)
    return { ...tool, policy: mode }
  }

  /** A server that is being asked is not asked a second time meanwhile. */
  private begin(id: string, work: () => Promise<void>): void {
    if (this.checks.has(id)) return
    const check: Promise<void> = work().finally(() => {
      if (this.checks.get(id) === check) this.checks.delete(id)
    })
    this.checks.set(id, check)
    this.port.keep(check)
  }

  private async ask(id: string): Promise<void> {
    try {
      await this.connections.list(id)
    } catch (cause) {
      const fault = cause instanceof ServerFault ? cause : new ServerFault('This server could not be asked. Try again in a moment.', 'failed', cause)
      if (!(cause instanceof ServerFault)) console.error('a server could not be asked', { server: id }, cause)
      const server = this.find(id)
      if (server) this.save(id, { ...server.value, state: fault.state, words: fault.message })
    }
  }

  /** What a server has by now, beside what was accepted of it. */
  private async took(id: string, { tools, leftOut, prints }: Listing): Promise<void> {
    const print = await printOf(prints)
    const server = this.find(id)
    if (!server) return
    const { value } = server
    // As it was looked at last.
    if (value.print === print && (value.state === 'ready' || value.state === 'review')) return
    const { stored } = this.port
    const accepted = Object.fromEntries(stored.tools(id, 'accepted').map(({ definition, print }) => [definition.name, print]))
    const words = leftOut === 0 ? null : `${leftOut} of its tools are left out: they are too long, too many, or not what a tool is.`
    this.port.transaction(() => {
      stored.setTools(
        id,
        'found',
        tools.map((definition) => ({ definition, print: prints[definition.name] ?? '' })),
      )
      const reviewed = review(value.name, tools, prints, accepted, value.tools)
      this.forgetModes(reviewed.tools.filter((tool) => tool.review === 'new'))
      // What it was let do by itself, it was let do as it was.
      const asked = reviewed.tools.map((tool) =>
        tool.review === 'changed' && !tool.readOnly && this.modeOf(tool) === 'auto' ? this.chosen(tool, 'asker') : tool,
      )
      this.save(id, { ...value, ...reviewed, tools: asked, print, words })
    })
  }

  /** Until somebody signs in there. */
  private shut(id: string, words: string): void {
    const server = this.find(id)
    if (server) this.save(id, { ...server.value, state: 'sign-in', words })
  }

  /** Its tools are asked for with what whoever signed in is shown as. */
  private signedIn(id: string, by: string): void {
    const server = this.find(id)
    if (!server) return
    this.connections.forget(id)
    this.save(id, { ...server.value, state: 'connecting', words: null, signedInBy: by })
    const before = this.checks.get(id)
    this.checks.delete(id)
    this.begin(id, async () => {
      await before
      await this.ask(id)
    })
  }

  private definitions(id: string, which: 'accepted' | 'found'): ReadonlyMap<string, ToolDefinition> {
    return new Map(this.port.stored.tools(id, which).map(({ definition }) => [definition.name, definition]))
  }

  private save(id: string, profile: ServerProfile): Result<null> {
    const saved = this.port.changes().set('server', id, profile)
    return saved.ok ? accept(null) : saved
  }

  private find(id: string): RecordOf<'server'> | undefined {
    return this.all().find((server) => server.id === id)
  }

  private all(): readonly RecordOf<'server'>[] {
    return recordsOf(this.port.records(), 'server')
  }
}

/** A server's address has no query: what stands there is often a key, and everybody in the room sees the address. */
function readServerAddress(typed: string, loopback: boolean): { readonly ok: true; readonly url: string } | { readonly ok: false; readonly fault: string } {
  const read = readOutsideAddress(typed, { loopback, plain: false })
  if (!read.ok) return read
  if (/[?#]/.test(typed))
    return {
      ok: false,
      fault: 'The address of a server has no ? and no #: everybody in the room sees it. What the server wants to be shown goes into “Token”.',
    }
  return { ok: true, url: read.url.href }
}

function gone(): ReturnType<typeof refuse> {
  return refuse('no_such_message', 'There is no such server in this room any more.')
}
