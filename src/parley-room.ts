// The room as Parley runs it: the core, given its three lanes, its agents and their model.
import { newRoster } from './agents/roster'
import { speak } from './agents/speak'
import { promptsOf } from './conversation/engaged'
import { LOBBY } from './conversation/ids'
import { textOf } from './conversation/message'
import { agentsLane } from './lanes/agents/encoder'
import { rscLane } from './lanes/rsc/encoder'
import { tinybaseLane } from './lanes/tinybase/encoder'
import { ledgerOf } from './limits/ledger-surface'
import { chooseModel } from './models/choose-model'
import { parseModelSettings } from './models/model-settings'
import { Room } from './room/Room'
import type { SpeakRequest } from './room/turns/speak-request'
import { readerOf } from './room/history/room-reader'

/** The newest messages that a model may be shown; how many fit is for its context to say. */
const REMEMBERED = 200
/** And so many bytes of them: several times what the largest context holds, and little enough to be read in a few ms. */
const REMEMBERED_BYTES = 600_000

export class ParleyRoom extends Room {
  private readonly instance = ledgerOf(this.env)

  protected ledger() {
    return this.instance
  }

  protected isMetered() {
    const model = parseModelSettings(this.env)
    return model.ok && model.settings.provider !== 'guide'
  }

  protected laneFactories() {
    return { rsc: rscLane, agents: agentsLane, tinybase: tinybaseLane }
  }

  protected roster() {
    return newRoster(this.name === LOBBY ? 'always' : 'auto')
  }

  protected speak({ reply, agent, history, signal, ...place }: SpeakRequest) {
    // Of several that it answers at once the others stand just before the last.
    const last = promptsOf(reply.metadata).findLast((id) => history.get(id) !== null)
    const prompt = last ? history.get(last) : null
    if (!agent || !prompt) throw new Error('a reply without its author or its prompt')
    return speak({
      agent,
      prompt,
      choice: chooseModel(this.env, readerOf(history)),
      history: history.newest(prompt.metadata.seq, REMEMBERED, REMEMBERED_BYTES),
      now: this.now(),
      partial: textOf(reply),
      signal,
      ...place,
    })
  }
}
