// What a turn may call, from wherever it comes. Invariant: a name is one tool's; a source that fails costs its own tools and no others.
import type { RosterAgent } from '../../agents/roster'
import { MOST_TOOLS } from '../../agents/tools/bounds'
import type { OfferedTool } from '../../agents/tools/tool'
import type { MemberId } from '../../conversation/ids'
import type { Message, Part } from '../../conversation/message'

/** For whom tools are offered. */
export interface TurnFacts {
  readonly reply: Message
  /** What is kept of it, at any moment. */
  parts(): readonly Part[]
  readonly agent: RosterAgent
  /** Whose rights they have; null for nobody's. */
  readonly asker: MemberId | null
}

/** Asked once for each turn. */
export type ToolSource = (turn: TurnFacts) => readonly OfferedTool[] | Promise<readonly OfferedTool[]>

/** Those of the first sources first: where two have the same name, the first has it. */
export async function toolsFor(turn: TurnFacts, sources: readonly ToolSource[]): Promise<readonly OfferedTool[]> {
  const all = await Promise.all(sources.map((source) => offeredBy(source, turn)))
  const byName = new Map<string, OfferedTool>()
  for (const tool of all.flat()) if (!byName.has(tool.name)) byName.set(tool.name, tool)
  return [...byName.values()].slice(0, MOST_TOOLS)
}

async function offeredBy(source: ToolSource, turn: TurnFacts): Promise<readonly OfferedTool[]> {
  try {
    return await source(turn)
  } catch (cause) {
    console.error('tools could not be offered', { reply: turn.reply.id, agent: turn.agent.id }, cause)
    return []
  }
}
