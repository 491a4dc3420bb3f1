// What the room's screen knows of a lane: its name and where it is. What a lane does is not its concern.

export type LaneName = 'rsc' | 'agents' | 'tinybase'

export interface LaneLink {
  readonly name: LaneName
  /** Short: three of them share a line on a phone. */
  readonly label: string
  /** One sentence about how this lane works. */
  readonly hint: string
  /** The address of this room in that lane. */
  readonly href: string
}
