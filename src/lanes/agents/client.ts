// A client of the agents lane, free of React: the Agents SDK's own client, and the timeline folded from its frames.
import { AgentClient } from 'agents/client'
import type { Command } from '../../conversation/command'
import type { Snapshot } from '../../conversation/page'
import { foldCatchUp, timelineFrom } from '../../conversation/timeline'
import { socketPath, type ClientOptions } from '../client/client-options'
import { isTick } from '../growth/delta-frames'
import { RECONNECTION, SocketLink } from '../client/socket-link'
import { TimelineClient } from '../client/timeline-client'
import type { DirectFrame, Question, ServerFrame } from './frames'

export class AgentsClient extends TimelineClient {
  private readonly link: SocketLink

  constructor(options: ClientOptions, initial: Snapshot) {
    super(timelineFrom(initial), options)
    this.link = new SocketLink(() => this.makeSocket(), {
      httpUrl: `${options.origin}/${socketPath(options.roomId, 'agents')}`,
      fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
      show: (connection) => this.state.set({ connection }),
      opened: () => this.outbox.sendPending(),
      received: (data) => typeof data === 'string' && this.receive(JSON.parse(data) as ServerFrame),
      ended: (refusal) => this.end(refusal),
    })
  }

  protected connect(): void {
    this.link.start()
  }

  private makeSocket(): AgentClient {
    const { origin, roomId, WebSocket } = this.options
    const { host, protocol } = new URL(origin)
    return new AgentClient({
      agent: 'room',
      name: roomId,
      host,
      protocol: protocol === 'https:' ? 'wss' : 'ws',
      basePath: socketPath(roomId, 'agents'),
      query: () => ({ since: String(this.timeline.version) }),
      ...RECONNECTION,
      ...(WebSocket ? { WebSocket } : {}),
    })
  }

  protected disconnect(): void {
    this.link.close()
    this.earlier.end()
  }

  protected ask(request: Command | Question): void {
    this.link.send(JSON.stringify(request))
  }

  private receive(frame: ServerFrame): void {
    if (!isTick(frame)) return this.receiveDirect(frame)
    const timeline = this.foldAll(this.timeline, this.streams.decode(frame))
    if (timeline) this.show(timeline)
    else this.ask({ type: 'since', version: this.timeline.version })
  }

  private receiveDirect(frame: DirectFrame): void {
    if (frame.type !== 'catch-up') return this.receiveAnswer(frame)
    this.streams.adopt(frame.streams)
    this.hearTime(frame.catchUp)
    this.show(foldCatchUp(this.timeline, frame.catchUp))
    this.outbox.settle(true)
    this.earlier.askAgain()
  }
}
