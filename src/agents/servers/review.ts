// What has to be reviewed of a server: its tools as they are now beside those that its owner accepted. Pure.
import { detectToolDrift } from 'ai'
import type { PolicyMode } from '../../conversation/policy'
import type { ServerProfile, ServerTool } from '../../conversation/server-profile'
import type { ToolDefinition } from './definitions'
import { modelName } from './names'

export interface Reviewed {
  readonly tools: readonly ServerTool[]
  readonly state: Extract<ServerProfile['state'], 'review' | 'ready'>
}

/** Both by name. `server`: what it is called; `known`: its tools as they were. */
export function review(
  server: string,
  found: readonly ToolDefinition[],
  prints: Readonly<Record<string, string>>,
  accepted: Readonly<Record<string, string>>,
  known: readonly ServerTool[],
): Reviewed {
  const { added, changed, removed } = detectToolDrift({ ...prints }, { ...accepted })
  const isNew = new Set(added)
  const isChanged = new Set(changed)
  const before = new Map(known.map((tool) => [tool.name, tool]))
  const names = known.map(({ called }) => called)
  const tools: ServerTool[] = found.map((tool) => {
    const { name, title } = tool
    const readOnly = tool.hints['readOnlyHint'] === true
    const state = isNew.has(name) ? 'new' : isChanged.has(name) ? 'changed' : 'accepted'
    const called = before.get(name)?.called ?? modelName(server, name, names)
    if (!before.has(name)) names.push(called)
    return { name, called, title, policy: before.get(name)?.policy ?? usualPolicy(readOnly), readOnly, review: state }
  })
  const gone = removed.flatMap((name) => before.get(name) ?? []).map((tool): ServerTool => ({ ...tool, review: 'gone' }))
  return { tools: [...tools, ...gone], state: tools.every((tool) => tool.review === 'accepted') && gone.length === 0 ? 'ready' : 'review' }
}

/** What only reads runs by itself. A hint is no promise: whoever reviews a tool chooses. */
function usualPolicy(readOnly: boolean): PolicyMode {
  return readOnly ? 'auto' : 'asker'
}
