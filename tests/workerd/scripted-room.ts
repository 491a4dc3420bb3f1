// The real room with what a test needs to hold in its hand: the agents' voices, the clock and a count of what is written.
import type { RosterAgent } from '../../src/agents/roster'
import type { MemberId } from '../../src/conversation/ids'
import { agentsLane } from '../../src/lanes/agents/encoder'
import { accept } from '../../src/conversation/refusal'
import { Room } from '../../src/room/Room'
import type { ServerHost } from '../../src/room/servers/servers-port'
import type { SpeakRequest } from '../../src/room/turns/speak-request'
import { recordingLane } from './recording-lane'
import { stageOf } from './stage'

const ROSTER: readonly RosterAgent[] = [agent('parley', 'Parley'), agent('sage', 'Sage')]

/** Both answer everything, so that a test need not speak to them; other modes are a test's own. */
function agent(id: string, name: string): RosterAgent {
  return {
    id: id as MemberId,
    handle: id,
    name,
    kind: 'agent',
    colour: 'copper',
    emoji: '',
    instruction: 'Answer.',
    model: 'default',
    mode: 'always',
    atOnce: 8,
  }
}

export class ScriptedRoom extends Room {
  protected laneFactories() {
    return { rsc: recordingLane, agents: agentsLane, tinybase: recordingLane }
  }

  protected roster() {
    return ROSTER
  }

  /** One kind more: whatever carries records learns nothing of it. */
  protected override recordKinds() {
    return { ...super.recordKinds(), notice: { most: 5, bytes: 1_000, parse: (value: unknown) => accept(value) } }
  }

  protected speak(request: SpeakRequest) {
    const stage = stageOf(this.name)
    return stage.takes?.(request) ?? stage.voiceOf(request).speak()
  }

  protected override tools() {
    return stageOf(this.name).tools
  }

  protected ledger() {
    return stageOf(this.name).ledger?.() ?? null
  }

  protected models() {
    return { isMetered: (model: string) => model !== 'guide', offers: (model: string) => model === 'guide' || model.startsWith('test:'), learn: async () => {} }
  }

  protected serverHost(): ServerHost {
    const { ask } = stageOf(this.name)
    const unseal: ServerHost['unseal'] = async (sealed, purpose) => {
      const [text, sealedFor] = JSON.parse(sealed) as readonly string[]
      return sealedFor === purpose ? (text ?? null) : null
    }
    return { ask, loopback: true, seal: async (text, purpose) => JSON.stringify([text, purpose]), unseal }
  }

  protected override later(run: () => void): void {
    stageOf(this.name).later.push(run)
  }

  protected override now(): number {
    return stageOf(this.name).now
  }
}
