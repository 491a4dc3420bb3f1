// The room as Parley runs it: the core, given its three lanes, its agents and their model.
import { promptOf } from './agents/asked-prompt'
import { newRoster, type RosterAgent } from './agents/roster'
import { connectedModels } from './app/directory/connected-models'
import { fetchPage } from './agents/tools/fetch-page'
import { offered } from './agents/tools/offered'
import type { OfferedTool } from './agents/tools/tool'
import { Toolless } from './agents/turn/toolless'
import { takeTurn } from './agents/turn/turn'
import { secretOf, seal, unseal } from './auth/sealing'
import { promptsOf } from './conversation/engaged'
import { LOBBY } from './conversation/ids'
import { agentsLane } from './lanes/agents/encoder'
import { rscLane } from './lanes/rsc/encoder'
import { tinybaseLane } from './lanes/tinybase/encoder'
import { ledgerOf } from './limits/ledger-surface'
import type { AnswerChunk } from './models/answer'
import type { ModelChoice } from './models/choose-model'
import { withKnownContext } from './models/known-context'
import { chooseOffered, type ConnectedModel, DEFAULT, isMetered, isSetByEnvironment, offeredModels } from './models/offer/offer'
import type { RoomReader } from './models/room-reader'
import { askOf, mayLoopback } from './outside/outside'
import type { ModelsHere } from './room/records/room-agents'
import { Room } from './room/Room'
import type { ServerHost } from './room/servers/servers-port'
import type { SpeakRequest } from './room/turns/speak-request'
import { readerOf } from './room/history/room-reader'

/** The newest messages that a model may be shown; how many fit is for its context to say. */
const REMEMBERED = 200
/** And so many bytes of them: several times what the largest context holds, and little enough to be read in a few ms. */
const REMEMBERED_BYTES = 600_000

export class ParleyRoom extends Room {
  private readonly instance = ledgerOf(this.env)
  private connected: readonly ConnectedModel[] = []
  private readonly toolless = new Toolless()
  private readonly fetchPage = offered(fetchPage(askOf(this.env), mayLoopback(this.env)))

  override async onStart(): Promise<void> {
    await super.onStart()
    // What an agent means that names no model is then known without them.
    if (isSetByEnvironment(this.env)) return
    // Nobody waits for it: what is asked before it is known is granted or refused by the ledger.
    this.ctx.waitUntil(this.models().learn())
  }

  protected ledger() {
    return this.instance
  }

  /** As they were when the room last asked for them: a turn asks anew, and for leave before it costs anything. */
  protected models(): ModelsHere {
    return {
      isMetered: (model) => isMetered(model, this.env, this.connected),
      offers: (model) => offeredModels(this.env, this.connected).some(({ id }) => id === model),
      learn: () =>
        this.connectedNow().then(
          () => {},
          (cause: unknown) => console.error('the connected models could not be read', { room: this.name }, cause),
        ),
    }
  }

  protected serverHost(): ServerHost {
    return {
      ask: askOf(this.env),
      loopback: mayLoopback(this.env),
      seal: async (text, purpose) => seal(text, purpose, secretOf(this.env)),
      unseal: async (sealed, purpose) => unseal(sealed, purpose, secretOf(this.env)),
    }
  }

  protected override tools(): readonly OfferedTool[] {
    return [...super.tools(), this.fetchPage]
  }

  protected laneFactories() {
    return { rsc: rscLane, agents: agentsLane, tinybase: tinybaseLane }
  }

  protected roster() {
    return newRoster(this.name === LOBBY ? 'always' : 'auto')
  }

  protected async *speak({ reply, agent, agents, history, tools, plans, ...place }: SpeakRequest): AsyncGenerator<AnswerChunk> {
    // Of several that it answers at once the others stand just before the last.
    const last = promptsOf(reply.metadata).findLast((id) => history.get(id) !== null)
    const answered = last ? history.get(last) : null
    const prompt = answered && promptOf(answered, reply)
    if (!agent || !prompt) throw new Error('a reply without its author or its prompt')
    const others = agents.filter(({ id }) => id !== agent.id)
    const reader = readerOf(history, place.here, { id: this.name, as: agent, others, notes: place.notes, plans })
    const [choice, callable] = await Promise.all([this.modelOf(agent, reader), tools()])
    yield* takeTurn({
      agent,
      prompt,
      others,
      choice,
      history: history.newest(prompt.metadata.seq, REMEMBERED, REMEMBERED_BYTES),
      now: this.now(),
      tools: callable,
      toolless: this.toolless,
      ...place,
    })
  }

  /** Where the environment says which, nobody has to be asked. */
  private async modelOf(agent: RosterAgent, reader: RoomReader): Promise<ModelChoice> {
    try {
      const connected = agent.model === DEFAULT && isSetByEnvironment(this.env) ? [] : await this.connectedNow()
      return await withKnownContext(await chooseOffered(agent, this.env, connected, reader), this.now())
    } catch (cause) {
      console.error('which model an agent has could not be looked up', { room: this.name, agent: agent.id }, cause)
      return { ok: false, failure: { code: 'configuration', text: 'Which models there are could not be looked up just now. Try again in a moment.' } }
    }
  }

  private async connectedNow(): Promise<readonly ConnectedModel[]> {
    this.connected = await connectedModels(this.env)
    return this.connected
  }
}
