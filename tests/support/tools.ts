// Tools for tests: one that does as it is told, and one that people are asked about.
import { z } from 'zod'
import { offered } from '../../src/agents/tools/offered'
import type { Effect, OfferedTool, ToolContext, ToolOutcome } from '../../src/agents/tools/tool'

type Run = (input: { readonly [name: string]: unknown }, context: ToolContext) => ToolOutcome | Promise<ToolOutcome>

export function toolCalled(name: string, run: Run = () => ({ ok: true, output: `${name} did` }), effect: Effect = 'none', limitMs?: number): OfferedTool {
  const tool = offered({
    name,
    description: `Does ${name}.`,
    input: z.record(z.string(), z.unknown()),
    effect,
    ...(limitMs === undefined ? {} : { limitMs }),
    run,
  })
  return { ...tool, policy: 'auto' }
}

/** Acts outside, and is approved by whoever its policy says. */
export function askingTool(name: string, run?: Run, more: Partial<OfferedTool> = {}): OfferedTool {
  return { ...toolCalled(name, run, 'outside'), policy: 'asker', ...more }
}
