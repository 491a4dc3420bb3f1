// A connection to one server of tools. It is opened by the first call that needs it and closed when nothing was asked for a while; nothing of it
// has to be kept, so that a room that slept opens it anew. Invariants: it offers a server nothing of ours (no files, no model; of people what
// they answered it); whatever a server does ends in time, within bounds, and as a sentence.
import { Client, SdkError, SdkErrorCode, SdkHttpError, StreamableHTTPClientTransport, UnauthorizedError, ProtocolError } from '@modelcontextprotocol/client'
import type { Ask } from '../../outside/outside'
import type { ToolContext, ToolOutcome } from '../tools/tool'
import { boundedFetch } from './bounded-fetch'
import { definitionsIn, type Definitions } from './definitions'
import { Questions } from './questions'
import { outcomeOf } from './results'

export interface ServerAccess {
  readonly address: string
  /** What it is shown with every request; null for nothing. */
  readonly token: string | null
  readonly ask: Ask
  readonly loopback: boolean
}

/** What a call is given beside its input. */
export type CallContext = Pick<ToolContext, 'signal' | 'answers'>

/** Why a server has no answer, in words for people. */
export class ServerFault extends Error {
  readonly state: 'failed' | 'sign-in'

  constructor(words: string, state: 'failed' | 'sign-in' = 'failed', cause?: unknown) {
    super(words, { cause })
    this.state = state
  }
}

/** It refused a call without having taken it, as one does that began anew and knows nothing of us. */
export class Forgotten extends ServerFault {}

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

  private constructor(client: Client, transport: StreamableHTTPClientTransport, lost: AbortSignal, questions: Questions) {
    this.client = client
    this.transport = transport
    this.lost = lost
    this.questions = questions
  }

  /** Rejects with a ServerFault. */
  static async open({ address, token, ask, loopback }: ServerAccess, signal?: AbortSignal): Promise<ServerConnection> {
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
    client.setRequestHandler('elicitation/create', ({ params }) => questions.hear(params))
    const lost = new AbortController()
    const transport = new StreamableHTTPClientTransport(new URL(address), {
      fetch: boundedFetch({ ask, loopback, onTooMuch: () => lost.abort(new ServerFault(TOO_MUCH)) }),
      reconnectionOptions: { maxRetries: 2, initialReconnectionDelay: 1_000, maxReconnectionDelay: 1_000, reconnectionDelayGrowFactor: 1 },
      ...(token === null ? {} : { authProvider: { token: async () => token } }),
    })
    const connection = new ServerConnection(client, transport, lost.signal, questions)
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
      return definitionsIn(tools)
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
      return asked.outcome() ?? outcomeOf(result, asked.told)
    } catch (cause) {
      const waits = asked.outcome()
      if (waits) return waits
      if (cause instanceof ProtocolError) return { ok: false, text: `The server refuses this call: ${cause.message}` }
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

  /** A client may wait for what its own limit does not count: whatever it does is over then. */
  private async inTime<T>(ms: number, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const over = new AbortController()
    const ends = AbortSignal.any([this.lost, over.signal, ...(signal ? [signal] : [])])
    ends.throwIfAborted()
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => over.abort(new ServerFault(`This server did not answer within ${ms / 1000} seconds.`)), ms)
      const onAbort = () => reject(ends.reason as Error)
      ends.addEventListener('abort', onAbort, { once: true })
      work(ends)
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer)
          ends.removeEventListener('abort', onAbort)
        })
    })
  }
}

function isUnknown(cause: unknown): boolean {
  return cause instanceof SdkHttpError && (cause.status === 400 || cause.status === 404)
}

function faultOf(cause: unknown): ServerFault {
  for (let at: unknown = cause; at instanceof Error; at = at.cause) {
    if (at instanceof ServerFault) return at
    if (at instanceof UnauthorizedError || (at instanceof SdkHttpError && (at.status === 401 || at.status === 403)))
      return new ServerFault('This server lets in only whoever has signed in there.', 'sign-in', cause)
    if (at instanceof SdkHttpError)
      return new ServerFault(`This server answers ${at.status}: there may be no server of tools at this address.`, 'failed', cause)
    if (at instanceof SdkError && at.code === SdkErrorCode.RequestTimeout) return new ServerFault('This server did not answer in time.', 'failed', cause)
  }
  return new ServerFault('This server cannot be reached, or does not speak the Model Context Protocol.', 'failed', cause)
}
