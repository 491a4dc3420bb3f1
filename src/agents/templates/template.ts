// What a new agent can begin as: all that its form holds, for somebody to change.
import type { AgentForm } from '../../conversation/agent-profile'

/** The instance's default model, and as many answers at once as it may. */
export type Template = Omit<AgentForm, 'model' | 'atOnce'>
