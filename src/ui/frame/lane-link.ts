// What the room's screen knows of a lane: its name, in words, and where it is. What a lane does is not its concern.

export type LaneName = 'rsc' | 'agents' | 'tinybase'

export interface LaneLink {
  readonly name: LaneName
  /** The address of this room in that lane. */
  readonly href: string
}

/** Short labels: three of them share a line on a phone. A hint is one sentence about how the lane works. */
export const LANE_TEXT: Readonly<Record<LaneName, { readonly label: string; readonly hint: string }>> = {
  rsc: { label: 'RSC', hint: 'Server-rendered React, streamed as Flight' },
  agents: { label: 'Agents', hint: 'JSON events and text deltas over the Agents SDK' },
  tinybase: { label: 'TinyBase', hint: 'A synced store that opens before the network answers' },
}
