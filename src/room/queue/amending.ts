// Amendments made within one write: stored at once, and answered as the events that tell them.
import { amendedVersion } from '../../conversation/amendment'
import type { EngagedValues } from '../../conversation/engaged'
import type { RoomEvent } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import type { History } from '../history/history'

export class Amending {
  private readonly history: History

  constructor(history: History) {
    this.history = history
  }

  /** Nothing is told of what is as it was. */
  amend = (id: MessageId, values: EngagedValues): readonly RoomEvent[] => {
    const before = this.history.get(id)
    if (!before) return []
    const change = { ...values }
    const message = this.history.amend(id, change) ?? before
    const version = amendedVersion(message.metadata)
    return version > amendedVersion(before.metadata) ? [{ type: 'amended', id, version, change }] : []
  }
}
