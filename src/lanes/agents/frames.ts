// What travels in the agents lane: JSON, one frame per tick with that tick's events.
import type { CatchUp } from '../../conversation/page'
import type { Answer } from '../answers'
import type { PlainEvent, StreamName, TickFrame } from '../growth/delta-frames'

/** To one socket. */
export type DirectFrame = Answer | { readonly type: 'catch-up'; readonly catchUp: CatchUp; readonly streams: readonly StreamName[] }

export type ServerFrame = TickFrame<PlainEvent> | DirectFrame

/** From a client, beside commands: what changed since a version, and the page before a seq. */
export type Question = { readonly type: 'since'; readonly version: number } | { readonly type: 'before'; readonly seq: number }
