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
    travels: 'Rows that the server has drawn travel. A growing reply is one open stream.',
  },
  agents: {
    label: 'Agents',
    builtOn: 'Cloudflare Agents SDK',
    travels: 'Plain JSON travels: what happened, and every new bit of text.',
  },
  tinybase: {
    label: 'TinyBase',
    builtOn: 'TinyBase sync',
    travels: 'Changes to a database travel. Each browser keeps a copy, offline too.',
  },
}
