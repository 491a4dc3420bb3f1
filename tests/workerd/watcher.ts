// One client's socket: every frame that came, and for the agents lane the timeline that they fold into.
import type { RoomEvent } from '../../src/conversation/event'
import { textOf, type Message } from '../../src/conversation/message'
import { fold, foldCatchUp, timelineFrom, type Timeline } from '../../src/conversation/timeline'
import type { DirectFrame, ServerFrame } from '../../src/lanes/agents/frames'
import { isTick } from '../../src/lanes/growth/delta-frames'
import { DeltaDecoder } from '../../src/lanes/growth/delta-streams'
import { waitFor } from '../support/wait-for'

const NOTHING = timelineFrom({ version: 0, messages: [], hasEarlier: false, records: [], here: [], hereCount: 0, now: 0 })

export class Watcher {
  readonly frames: ServerFrame[] = []
  timeline: Timeline
  /** The code that the room closed it with. */
  closed: number | null = null
  /** How often something was missed. On one socket, nothing ever is. */
  gaps = 0
  private readonly streams = new DeltaDecoder()
  private readonly listeners = new Set<() => void>()
  private readonly socket: WebSocket

  constructor(socket: WebSocket, timeline: Timeline = NOTHING) {
    this.socket = socket
    this.timeline = timeline
    socket.addEventListener('message', ({ data }) => {
      if (data !== 'pong') this.receive(JSON.parse(String(data)) as ServerFrame)
    })
    socket.addEventListener('close', ({ code }) => {
      this.closed = code
      this.changed()
    })
    socket.accept()
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' || frame instanceof ArrayBuffer ? frame : JSON.stringify(frame))
  }

  close(): void {
    this.socket.close(1000)
  }

  /** What comes next, as it came. */
  nextRaw(): Promise<string> {
    return new Promise((resolve) => this.socket.addEventListener('message', ({ data }) => resolve(String(data)), { once: true }))
  }

  async until(what: string, condition: () => boolean): Promise<void> {
    await waitFor(what, condition, (check) => {
      this.listeners.add(check)
      return () => this.listeners.delete(check)
    })
  }

  sees(text: string): Promise<void> {
    return this.until(`“${text}” to be seen`, () => this.texts().includes(text))
  }

  shows(status: Message['metadata']['status']): Promise<void> {
    return this.until(`the newest message to be ${status}`, () => this.newest()?.metadata.status === status)
  }

  /** The answers to this socket alone. */
  direct<T extends DirectFrame['type']>(type: T): readonly Extract<DirectFrame, { type: T }>[] {
    return this.frames.filter((frame): frame is Extract<DirectFrame, { type: T }> => !Array.isArray(frame) && 'type' in frame && frame.type === type)
  }

  texts(): readonly string[] {
    return this.timeline.messages.map(textOf)
  }

  newest(): Message | undefined {
    return this.timeline.messages.at(-1)
  }

  private receive(frame: ServerFrame): void {
    this.frames.push(frame)
    if (isTick(frame)) for (const event of this.streams.decode(frame)) this.apply(event)
    else if (frame.type === 'catch-up') {
      this.streams.adopt(frame.streams)
      this.timeline = foldCatchUp(this.timeline, frame.catchUp)
    }
    this.changed()
  }

  private apply(event: RoomEvent | null): void {
    const folded = event ? fold(this.timeline, event) : { timeline: this.timeline, gap: true }
    if (folded.gap) this.gaps += 1
    this.timeline = folded.timeline
  }

  private changed(): void {
    for (const listener of this.listeners) listener()
  }
}
