// What the object that holds a room does for its parts: the runtime, the instance, and the clock.
import type { Connection } from 'agents'
import type { OfferedTool } from '../agents/tools/tool'
import type { RoomId } from '../conversation/ids'
import type { LedgerSurface } from '../limits/ledger-surface'
import type { LimitSettings } from '../limits/limit-settings'
import type { AnswerChunk } from '../models/answer'
import type { KindRules } from './records/kinds'
import type { ModelsHere } from './records/room-agents'
import type { ServerHost } from './servers/servers-port'
import type { SocketState } from './sockets/sockets'
import type { SpeakRequest } from './turns/speak-request'

export interface RoomHost {
  room(): RoomId
  readonly storage: DurableObjectStorage
  readonly settings: LimitSettings
  /** What records there may be. */
  readonly kinds: Readonly<Record<string, KindRules>>
  /** The instance's ledger; null where nothing is counted beyond the room. */
  ledger(): LedgerSurface | null
  models(): ModelsHere
  /** How servers of tools are reached. */
  servers(): ServerHost
  speak(request: SpeakRequest): AsyncIterable<AnswerChunk>
  /** The tools that every agent has. */
  tools(): readonly OfferedTool[]
  /** The runtime's own list of the sockets that are open. */
  connections(): Iterable<Connection<SocketState>>
  /** When a socket last sent a ping, which the runtime answers by itself: ms since 1970, 0 for never. */
  pingedAt(connection: Connection<SocketState>): number
  /** Lets this go on when the request that began it has ended. */
  keep(work: Promise<unknown>): void
  /** Runs what must outlive every request, through hibernation and crash. */
  keepAlive(work: () => Promise<void>): void
  /** The room is awake at that time, ms since 1970, and asks `ToolParts.expire`; resolves once that is sure. */
  approvalsAt(at: number): Promise<void>
  /** Has the room woken then for its schedules, if it sleeps: server time, ms since 1970; null for never. */
  schedulesAt(moment: number | null): void
  /** Keeps the room awake until then, and runs this after so many ms. */
  later(run: () => void, ms: number): void
  /** Server time, ms since 1970. */
  now(): number
}
