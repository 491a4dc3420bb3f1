// A connection to one server of tools. It is opened by the first call that needs it and closed when nothing was asked for a while; nothing of it
// has to be kept, so that a room that slept opens it anew. Invariants: it offers a server nothing of ours (no files, no model; of people what they
// answered it); whatever a server does ends in time, within bounds, and as a sentence.
import {
  Client,
  InsufficientScopeError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  StreamableHTTPClientTransport,
  UnauthorizedError,
  ProtocolError,
} from '@modelcontextprotocol/client'
import type { Ask } from '../../outside/outside'
import type { ToolContext, ToolOutcome } from '../tools/tool'
import { boundedFetch } from './bounded-fetch'
import { definitionsIn, type Definitions } from './definitions'
import { inTime } from './in-time'
import { Questions } from './questions'
import { outcomeOf } from './results'
import { Forgotten, ServerFault } from './server-fault'
import { ShownSecrets } from './shown-secrets'
import type { Challenge } from './sign-in/challenge'

export interface ServerAccess {
  readonly address: string
  readonly ask: Ask
  readonly loopback: boolean
  /** What it is shown with every request; null for nothing. Rejects with a ServerFault. */
  token(): Promise<string | null>
  /** It did not let this in. Resolves when `token` gives another by now, else rejects with a ServerFault. */
  refused(token: string | null): Promise<void>
  /** It says how to sign in there. */
  challenged(challenge: Challenge): void
}

/** What a call is given beside its input. */
export type CallContext = Pick<ToolContext, 'signal' | 'answers'>

const TOO_MUCH = 'This server says more than 1 MB, or thousands of things at once, and was hung up on.'
const CONNECT_MS = 10_000
/** The longest call of a tool. */
export const CALL_MS = 60_000
const MOST_PAGES = 8

export class ServerConnection {
  private readonly client: Client
  private readonly transport: StreamableHTTPClientTransport

  /** Aborts when nothing is heard of the server any more, with the fault. */
  private readonly lost: AbortSignal

  /** What the server asks of people in the calls that are under way. */
  private readonly questions: Questions

  /** What it was shown: nothing that it says repeats it. */
  private readonly shown: ShownSecrets

  private constructor(client: Client, transport: StreamableHTTPClientTransport, lost: AbortSignal, questions: Questions, shown: ShownSecrets) {
    this.client = client
    this.transport = transport
    this.lost = lost
    this.questions = questions
    this.shown = shown
  }

  /** Rejects with a ServerFault. */
  static async open({ address, ask, loopback, ...access }: ServerAccess, signal?: AbortSignal): Promise<ServerConnection> {
    const client = new Client(
      { name: 'parley', version: '1' },
      // Nobody here believes what a server answers because it fits the server's own schema, and some schemas take for ever to look at.
      {
        jsonSchemaValidator: { getValidator: () => (input) => ({ valid: true, data: input as never, errorMessage: undefined }) },
        capabilities: { elicitation: {} },
        listMaxPages: MOST_PAGES,
        versionNegotiation: { mode: 'auto', probe: { timeoutMs: CONNECT_MS } },
      },
    )
    const questions = new Questions()
    const shown = new ShownSecrets()
    client.setRequestHandler('elicitation/create', ({ params }) => questions.hear(shown.without(params)))
    const lost = new AbortController()
    const transport = new StreamableHTTPClientTransport(new URL(address), {
      fetch: boundedFetch({ ask, loopback, onTooMuch: () => lost.abort(new ServerFault(TOO_MUCH)), onChallenge: (challenge) => access.challenged(challenge) }),
      reconnectionOptions: { maxRetries: 2, initialReconnectionDelay: 1_000, maxReconnectionDelay: 1_000, reconnectionDelayGrowFactor: 1 },
      authProvider: { token: async () => shown.add(await access.token()), onUnauthorized: async () => access.refused(shown.latest) },
      // More is asked for when its owner signs in once more, and not in the middle of a call.
      onInsufficientScope: 'throw',
    })
    const connection = new ServerConnection(client, transport, lost.signal, questions, shown)
    try {
      await connection.inTime(CONNECT_MS, signal, async (both) => client.connect(transport, { timeout: CONNECT_MS, signal: both }))
      return connection
    } catch (cause) {
      connection.close()
      throw faultOf(cause)
    }
  }

  /** Rejects with a ServerFault. */
  async list(signal?: AbortSignal): Promise<Definitions> {
    try {
      const { tools } = await this.inTime(CONNECT_MS, signal, async (both) =>
        this.client.listTools(undefined, { timeout: CONNECT_MS, signal: both, cacheMode: 'refresh' }),
      )
      return definitionsIn(this.shown.without(tools))
    } catch (cause) {
      throw faultOf(cause)
    }
  }

  /** What the server says went wrong is an outcome. Rejects with a ServerFault where it has no answer at all. */
  async call(name: string, input: Readonly<Record<string, unknown>>, { signal, answers }: CallContext): Promise<ToolOutcome> {
    const asked = this.questions.begin(answers)
    try {
      const result = await this.inTime(CALL_MS, signal, async (both) =>
        this.client.callTool({ name, arguments: { ...input } }, { timeout: CALL_MS, signal: both }),
      )
      return asked.outcome() ?? this.shown.without(outcomeOf(result, asked.told))
    } catch (cause) {
      const waits = asked.outcome()
      if (waits) return waits
      if (cause instanceof ProtocolError) return { ok: false, text: this.shown.without(`The server refuses this call: ${cause.message}`) }
      const fault = faultOf(cause)
      throw isUnknown(cause) ? new Forgotten(fault.message, fault.state, cause) : fault
    } finally {
      this.questions.end(asked)
    }
  }

  /** Nobody waits for it. */
  close(): void {
    const ended = this.transport.sessionId === undefined ? Promise.resolve() : this.inTime(CONNECT_MS, undefined, async () => this.transport.terminateSession())
    ended
      .catch(() => {})
      .then(async () => this.client.close())
      .catch(() => {})
  }

  private async inTime<T>(ms: number, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return inTime(ms, [this.lost, ...(signal ? [signal] : [])], work)
  }
}

function isUnknown(cause: unknown): boolean {
  return cause instanceof SdkHttpError && (cause.status === 400 || cause.status === 404)
}

function faultOf(cause: unknown): ServerFault {
  for (let at: unknown = cause; at instanceof Error; at = at.cause) {
    if (at instanceof ServerFault) return at
    if (at instanceof InsufficientScopeError)
      return new ServerFault('This server wants to be allowed more than whoever signed in there allowed.', 'sign-in', cause)
    if (at instanceof UnauthorizedError || (at instanceof SdkHttpError && (at.status === 401 || at.status === 403)))
      return new ServerFault('This server lets in only whoever has signed in there.', 'sign-in', cause)
    if (at instanceof SdkHttpError)
      return new ServerFault(`This server answers ${at.status}: there may be no server of tools at this address.`, 'failed', cause)
    if (at instanceof SdkError && at.code === SdkErrorCode.RequestTimeout) return new ServerFault('This server did not answer in time.', 'failed', cause)
  }
  return new ServerFault('This server cannot be reached, or does not speak the Model Context Protocol.', 'failed', cause)
}
