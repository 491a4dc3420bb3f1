// What the clients share that are told what happened and draw it themselves: the timeline into which they fold it, the
// streams of growth, and the answers to them alone.
import type { Command } from '../../conversation/command'
import type { RoomEvent } from '../../conversation/event'
import type { Member } from '../../conversation/member'
import { fold, prepend, withNames, type Timeline } from '../../conversation/timeline'
import type { Answer } from '../answers'
import { BaseClient } from './base-client'
import type { ClientOptions } from './client-options'
import { DeltaDecoder } from '../growth/delta-streams'
import { EarlierQuestion } from './earlier-question'
import { shownOf, type MessageRow } from '../message-rows'

export abstract class TimelineClient<Options extends ClientOptions = ClientOptions> extends BaseClient<MessageRow, Options> {
  protected timeline: Timeline
  protected readonly streams = new DeltaDecoder()
  protected readonly earlier = new EarlierQuestion(
    (before) => this.ask({ type: 'before', seq: before }),
    (loadingEarlier) => this.state.set({ loadingEarlier }),
  )

  constructor(timeline: Timeline, options: Options) {
    super(shownOf(timeline), options)
    this.timeline = timeline
  }

  protected abstract ask(request: Command | { readonly type: 'before'; readonly seq: number }): void

  protected send(command: Command): void {
    this.ask(command)
  }

  protected name(people: readonly Member[]): void {
    this.show(withNames(this.timeline, people))
  }

  loadEarlier(): Promise<void> {
    return this.earlier.ask(this.timeline)
  }

  protected receiveAnswer(answer: Answer): void {
    switch (answer.type) {
      case 'page':
        if (!this.earlier.isFor(answer.before)) return
        this.show(prepend(this.timeline, answer.page))
        return this.earlier.end()
      case 'acknowledged':
        return this.outbox.acknowledge(answer.id, answer.seq)
      case 'refused':
        if (answer.before !== undefined && this.earlier.isFor(answer.before)) this.earlier.end()
        return this.outbox.refuse(answer.id, answer.refusal)
      default:
        return answer satisfies never
    }
  }

  /** The timeline after all of these, each taken when those before it are folded. Null when something was missed. */
  protected foldAll(known: Timeline, events: Iterable<RoomEvent | null>): Timeline | null {
    let timeline = known
    for (const event of events) {
      const folded = event && fold(timeline, event)
      if (!folded || folded.gap) return null
      timeline = folded.timeline
      this.follow(event, timeline)
    }
    return timeline
  }

  /** What an event means beyond the timeline that it led to. */
  protected follow(event: RoomEvent, _timeline: Timeline): void {
    if (event.type === 'typing') this.state.showTyping(event.member)
    if (event.type === 'message') this.state.hideTyping(event.message.metadata.author.id)
    if (event.type === 'cleared') this.outbox.settle(true)
  }

  protected show(timeline: Timeline): void {
    const before = { messages: this.timeline.messages, rows: this.state.get().rows }
    this.timeline = timeline
    this.state.set(shownOf(timeline, before))
    this.outbox.settle(false)
  }
}
