// Replies that wait for people, or for a reply that does: each goes on when its last card is closed and that has ended, or is ended by whoever may stop it. Invariant: nothing runs for
// them meanwhile; what they wait for is in their rows, so that a restart changes nothing.
import type { FinalStatus, RoomEvent } from '../../conversation/event'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Message } from '../../conversation/message'
import type { History } from '../history/history'
import type { Queue } from '../queue/queue'
import type { CallLog } from '../turns/call-log'
import { CLOSED_BY, ENDED_BEFORE } from '../turns/ended-words'
import { endCalls } from '../turns/unfinished'
import type { Approvals } from './approvals'

export interface AskingPort {
  readonly history: History
  readonly queue: Queue
  readonly calls: CallLog
  readonly approvals: Approvals
  /** Whether it waits for what another says that waits for people. */
  isWaiting(reply: Message): boolean
  askerOf(reply: Message): MemberId
  /** Whether its agent may still speak here. */
  maySpeak(reply: Message): boolean
  now(): number
  publish(event: RoomEvent): void
}

export class Asking {
  private readonly port: AskingPort

  constructor(port: AskingPort) {
    this.port = port
  }

  all(): readonly Message[] {
    return this.port.history.asking()
  }

  /** A reply that was answered goes on before what waits; one that still waits for an answer is left as it is. */
  goOn(id: MessageId): void {
    const { history, approvals, queue, askerOf, isWaiting, maySpeak } = this.port
    const message = history.get(id)
    if (message?.metadata.status !== 'asking' || approvals.isAsking(id) || isWaiting(message)) return
    if (!maySpeak(message)) return this.end(message, 'stopped')
    queue.goOn(message, askerOf(message), approvals.applied(message.parts))
  }

  /** What people still had to approve is void. */
  end(message: Message, status: FinalStatus): void {
    const { history, approvals, calls, now, publish } = this.port
    const { id } = message
    approvals.end(id, CLOSED_BY[status])
    history.settle(id, endCalls(approvals.applied(message.parts), calls.begun(id), ENDED_BEFORE[status]), status, null, now())
    calls.forget(id)
    const ended = history.get(id)
    if (ended) publish({ type: 'message', message: ended })
  }

  /** Nobody has decided in time; also what a restart came between goes on. */
  wake(): void {
    this.port.approvals.expireDue()
    for (const { id } of this.all()) this.goOn(id)
  }
}
