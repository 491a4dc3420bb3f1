// What travels in the rsc lane, before Flight has made bytes of it: the room's events with what the server rendered of
// each. A message's words are in it once: the node refers to the same parts.
import type { ReactNode } from 'react'
import type { RoomEvent, Settled } from '../../conversation/event'
import type { Message, Part } from '../../conversation/message'
import type { CatchUp, Page } from '../../conversation/page'

/** How an open reply goes on: more of a part, a part that appeared or changed, and at last its end. */
export type Growth =
  | readonly [index: number, offset: number, text: string]
  | readonly [index: number, part: Part]
  /** Its end; rendered again only when there is more to see than that, and without the text that everybody holds by now. */
  | { readonly settled: Settled; readonly node?: ReactNode }

/** A message, its rendering, and, while an agent writes it, everything that follows until it is settled. */
export interface MessageFlight {
  readonly type: 'message'
  readonly message: Message
  readonly node: ReactNode
  readonly growth?: AsyncIterable<Growth>
}

export type FlightEvent = MessageFlight | Exclude<RoomEvent, { type: 'message' | 'part' | 'delta' | 'settled' }>

/** The renderings of some messages, by id. */
export type Nodes = Readonly<Record<string, ReactNode>>

/** To every socket: one tick's settled changes. */
export interface BatchPayload {
  readonly events: readonly FlightEvent[]
}

/** To one socket: what it missed. */
export interface CatchUpPayload {
  readonly catchUp: CatchUp
  readonly nodes: Nodes
  /** Named so that the browser fetches them, and shown nowhere. */
  readonly leaves: ReactNode
}

export type Payload = BatchPayload | CatchUpPayload

/** An older page, to the one who asked. */
export interface RenderedPage {
  readonly page: Page
  readonly nodes: Nodes
}
