// What a stranger should know about each lane, in a sentence.
import type { LaneName } from '../lanes/lanes'

export interface LaneFacts {
  readonly label: string
  readonly builtOn: string
  readonly travels: string
}

export const LANE_FACTS: Readonly<Record<LaneName, LaneFacts>> = {
  rsc: {
    label: 'RSC',
    builtOn: 'React Server Components',
    travels: 'The server renders each row and sends it as React; a growing reply is one open stream.',
  },
  agents: {
    label: 'Agents',
    builtOn: 'Cloudflare Agents SDK',
    travels: 'Each event travels as plain JSON, and every new bit of text as a small delta.',
  },
  tinybase: {
    label: 'TinyBase',
    builtOn: 'TinyBase sync',
    travels: 'A database in the browser is kept in sync; growing text travels beside it. Opens offline.',
  },
}
