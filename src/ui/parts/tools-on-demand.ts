// What draws the calls of tools and their approvals: a browser fetches it when there is one, and a server has it.
import { onDemand } from './on-demand'

const known = import.meta.env.SSR ? (await import('./ToolCall')).ToolCall : null

export const { load: loadToolCall, use: useToolCall } = onDemand(known, async () => (await import('./ToolCall')).ToolCall)
