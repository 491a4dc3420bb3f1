// The room's lanes, as encoders of its ticks. A lane in which nobody is costs nothing.
import type { RoomEvent } from '../../conversation/event'
import type { Lane } from '../../lanes/lane'
import type { LaneName } from '../../lanes/lanes'
import type { Sockets } from '../sockets/sockets'

export class LaneSet {
  private readonly lanes = new Map<LaneName, Lane>()
  private readonly sockets: Sockets

  constructor(sockets: Sockets) {
    this.sockets = sockets
  }

  async add(name: LaneName, lane: Lane): Promise<void> {
    this.lanes.set(name, lane)
    await lane.start()
  }

  get(name: LaneName): Lane | undefined {
    return this.lanes.get(name)
  }

  /** One batch to every lane that somebody is in. */
  tick(events: readonly RoomEvent[]): void {
    for (const [name, lane] of this.lanes) {
      if (this.sockets.count(name) === 0) continue
      try {
        lane.tick(events)
      } catch (cause) {
        // One lane's bug must not cost the others their tick, nor anybody the saves.
        console.error('a lane failed to encode a tick', { lane: name }, cause)
      }
    }
  }
}
