// When an agent answers, in words.
import type { Mode } from '../../conversation/agent-profile'

export const MODE_WORDS: Readonly<Record<Mode, string>> = {
  off: 'answers only when it is asked by “Ask”',
  mention: 'answers when it is mentioned or replied to',
  auto: 'answers what is plainly meant for it',
  always: 'answers every message that is not for somebody else',
}
