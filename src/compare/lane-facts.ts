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
    travels: 'The server draws each message. Finished React rows travel, and a growing reply is one open stream.',
  },
  agents: {
    label: 'Agents',
    builtOn: 'Cloudflare Agents SDK',
    travels: 'Plain JSON travels: what happened, and then every new bit of text.',
  },
  tinybase: {
    label: 'TinyBase',
    builtOn: 'TinyBase sync',
    travels: 'Changes to a small database travel. Each browser keeps a copy, which also works offline.',
  },
}
