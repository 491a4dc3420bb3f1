// One call of a tool, to its end: within its time, until the turn is stopped, whatever the tool itself does. It never throws.
import { kept, TOOL_LIMIT_MS } from './bounds'
import type { OfferedTool, ToolContext, ToolOutcome } from './tool'

/** The input was read by the tool. What a tool says after its time is not heard. */
export async function runCall(tool: OfferedTool, input: unknown, context: ToolContext): Promise<ToolOutcome> {
  const { limitMs = TOOL_LIMIT_MS } = tool
  const over = new AbortController()
  const signal = AbortSignal.any([context.signal, over.signal])
  if (signal.aborted) return STOPPED
  return new Promise((resolve) => {
    const end = (outcome: ToolOutcome) => {
      clearTimeout(timer)
      context.signal.removeEventListener('abort', onStop)
      resolve(outcome)
    }
    const onStop = () => end(STOPPED)
    const timer = setTimeout(() => {
      end({ ok: false, text: `This tool did not answer within ${inWords(limitMs)}, and was given up.${mayHaveHappened(tool)}` })
      over.abort()
    }, limitMs)
    context.signal.addEventListener('abort', onStop, { once: true })
    called(tool, input, { ...context, signal }).then(end, () => end(BROKEN))
  })
}

const STOPPED: ToolOutcome = { ok: false, text: 'The turn was stopped before this tool answered.' }
const BROKEN: ToolOutcome = { ok: false, text: 'This tool did not work.' }
const NO_JSON: ToolOutcome = { ok: false, text: 'This tool answered with something that cannot be kept.' }

async function called(tool: OfferedTool, input: unknown, context: ToolContext): Promise<ToolOutcome> {
  try {
    // In a task of its own, so that eight searches of a large room hold up nobody for all of their time.
    await new Promise((next) => setTimeout(next))
    const outcome = await tool.run(input, context)
    const bounded = kept(outcome.ok ? outcome.output : outcome.text)
    if (!bounded) return NO_JSON
    if (outcome.ok) return { ok: true, output: bounded.value }
    const { question, waits } = outcome
    return { ok: false, text: String(bounded.value), ...(question === undefined ? {} : { question }), ...(waits ? { waits } : {}) }
  } catch (cause) {
    // A tool that was given up or stopped may break off as it likes.
    if (!context.signal.aborted) console.error('a tool broke', { tool: tool.name, reply: context.reply, call: context.call }, cause)
    return BROKEN
  }
}

/** What whoever reads of a call that was given up must know. */
export function mayHaveHappened({ effect }: { readonly effect: OfferedTool['effect'] | null }): string {
  return effect === 'none' ? '' : ' What it does may have happened all the same.'
}

function inWords(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1000)} seconds` : `${Math.round(ms / 60_000)} minutes`
}
