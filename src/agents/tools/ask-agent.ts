// Asks another agent of the room, and waits for what it answers, which everybody sees as it is said.
import { z } from 'zod'
import type { Tool, ToolOutcome } from './tool'

/** Longer is a task for a person to give, in characters. */
const LONGEST_QUESTION = 4_000

/** How long an answer is waited for, ms: agents use tools of their own. */
const PATIENCE_MS = 20 * 60_000

/** Who is asked, and waited for. */
export interface Colleagues {
  /** `call`: the call that asks, by which a question that a crash broke off is known again. */
  ask(agent: string, call: string, signal: AbortSignal): Promise<ToolOutcome>
}

const input = z.object({
  agent: z.string().min(1).max(64).describe('The handle of the agent.'),
  question: z.string().min(1).max(LONGEST_QUESTION).describe('What you want of it, with all that it has to know.'),
})

export function askAgent(colleagues: Colleagues): Tool<z.infer<typeof input>> {
  return {
    name: 'ask_agent',
    description:
      'Asks another agent of this room for something that is its task rather than yours, and returns what it answers. Everybody sees its answer in the room: do not repeat it, go on from it. Each agent can be asked once in an answer.',
    input,
    effect: 'room',
    resumes: true,
    limitMs: PATIENCE_MS,
    run: ({ agent }, { call, signal }) => colleagues.ask(agent, call, signal),
  }
}
