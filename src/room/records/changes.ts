// Records and amendments as the rest of the room makes them. Invariant: what is written is told, once, and only what changed.
import { amendedVersion, type Amendments } from '../../conversation/amendment'
import type { RoomEvent } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import type { RecordKind, RecordValues, RoomRecord } from '../../conversation/record'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { History } from '../history/history'
import type { Turns } from '../turns/turns'
import type { Records } from './records'

/** What may be amended about one message, as JSON, bytes. */
const AMENDED_BYTES = 8 * 1024

export interface ChangesPort {
  readonly history: History
  readonly records: Records
  readonly turns: Turns
  publish(event: RoomEvent): void
  /** Runs all of `write` or none of it. */
  transaction<T>(write: () => T): T
}

export class Changes {
  private readonly port: ChangesPort

  constructor(port: ChangesPort) {
    this.port = port
  }

  /** Makes or changes a record; null deletes it. Nobody is told of what is as it was. Refuses as `Records.put`. */
  set<Kind extends RecordKind>(kind: Kind, id: string, value: RecordValues[Kind] | null): Result<RoomRecord | null> {
    return this.setAny(kind, id, value)
  }

  /** The same for a kind that may not be one, and a value that may be none of its. */
  setAny(kind: string, id: string, value: unknown): Result<RoomRecord | null> {
    const put = this.port.transaction(() => this.port.records.put(kind, id, value))
    if (put.ok && put.value) this.port.publish({ type: 'record', ...put.value })
    return put
  }

  /** Changes something about a message after it was said; null takes a name away. Answers the version. Refuses: no_such_message, too_long. */
  amend(id: MessageId, change: Amendments): Result<number> {
    const before = this.port.history.get(id)
    if (!before) return refuse('no_such_message', 'That message is not here any more.')
    const size = new TextEncoder().encode(JSON.stringify({ ...before.metadata.amended?.values, ...change })).byteLength
    if (size > AMENDED_BYTES) return refuse('too_long', 'That is more than is kept beside a message.')
    const message = this.port.transaction(() => this.port.history.amend(id, change)) ?? before
    const version = amendedVersion(message.metadata)
    if (version > amendedVersion(before.metadata)) {
      this.port.turns.amended(message)
      this.port.publish({ type: 'amended', id, version, change })
    }
    return accept(version)
  }
}
