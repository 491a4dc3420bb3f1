// One step of an agent's turn: the prompt that its model is given and what that streams, within what somebody's budget pays for.
import { jsonSchema, type ToolSet } from 'ai'
import type { Failure, Part } from '../../conversation/message'
import { answer, type StepChunk } from '../../models/answer'
import type { ChosenModel } from '../../models/choose-model'
import { dollarsOf } from '../../models/dollars'
import { reportOf } from '../../models/failure-report'
import type { Usage } from '../../models/price'
import { buildPrompt, type PromptRequest, tokensIn, tokensOfTools } from '../prompt'
import { TokenCount, tokensOf } from '../tokens'
import type { OfferedTool } from '../tools/tool'
import type { Grant, Took } from './grant'

export interface SpeakInput extends Omit<PromptRequest, 'contextTokens'> {
  readonly chosen: ChosenModel
  readonly signal: AbortSignal
  readonly grant: Grant
  /** How long it may take, ms, where that is less than the model itself may. */
  readonly leftMs?: number
}

/** Ends with exactly one ending. A model that nobody's budget pays for fails with `budget`, and is not called. */
export async function* speak({ chosen, signal, grant, leftMs = Infinity, ...request }: SpeakInput): AsyncGenerator<StepChunk> {
  const { model, id, contextTokens, maxOutputTokens, patienceMs, longestMs, wire, isGuide, settings } = chosen
  const { tools = [], parts = [] } = request
  const prompt = buildPrompt({ ...request, contextTokens })
  const asked = tokensOf(prompt.system) + tokensIn(prompt.messages) + tokensOfTools(tools)
  const granted = await grant({ asked, longest: maxOutputTokens, model: id, isMetered: !isGuide })
  if (!granted.ok) return yield { type: 'failed', failure: { code: 'budget', text: granted.refusal.message } }
  const { longest, end, hear, settle } = granted.value
  const said = new TokenCount()
  let reported: Partial<Usage> = {}
  let isSettled = false
  const account = () => {
    if (!isSettled) settle(tookOf(reported, asked, said.tokens, (usage) => dollarsOf(settings, usage, request.now)))
    isSettled = true
  }
  const onUsage = (usage: Partial<Usage>) => (reported = usage)
  const call = { model, ...prompt, signal, maxOutputTokens: longest, onUsage, longestMs: Math.min(longestMs, leftMs), ...toolsFor(tools) }
  const own = { speaker: request.agent.name, goesOn: isBrokenOff(parts) }
  const onFailure = (failure: Failure, thrown: unknown) => console.warn(reportOf(id, failure, thrown))
  try {
    for await (const chunk of answer(isGuide ? call : { ...call, ...own, onFailure, patienceMs, ...(wire ? { wire } : {}) })) {
      if (chunk.type === 'text' || chunk.type === 'reasoning' || chunk.type === 'call-input') {
        const stop = hear(said.add(chunk.text), chunk.type === 'text')
        yield chunk
        if (!stop) continue
        account()
        return yield { type: 'limited', failure: stop }
      }
      // It was refused before it began.
      if (chunk.type === 'toolless') reported = { inputTokens: 0, outputTokens: 0 }
      // Before the end is told: whoever takes it asks for nothing more.
      if (ENDS.has(chunk.type)) account()
      yield chunk.type === 'limited' && end ? { ...chunk, failure: end } : chunk
    }
  } finally {
    // Also when nobody listens any more.
    account()
  }
}

const ENDS: ReadonlySet<StepChunk['type']> = new Set(['done', 'limited', 'failed', 'calls', 'toolless'])

/** Only told to the model: what it writes is read, and run, by whoever offers them. */
function toolsFor(tools: readonly OfferedTool[]): { readonly tools?: ToolSet } {
  if (tools.length === 0) return {}
  return { tools: Object.fromEntries(tools.map(({ name, description, schema }) => [name, { description, inputSchema: jsonSchema(schema) }])) }
}

/** Whether its words go on with others. */
function isBrokenOff(parts: readonly Part[]): boolean {
  const last = parts.at(-1)
  return last?.type === 'text' && last.text.trim() !== ''
}

/** Where the provider does not say, it is what was asked and what was heard. */
function tookOf(reported: Partial<Usage>, asked: number, heard: number, dollars: (usage: Usage) => Promise<number | null>): Took {
  const { inputTokens = asked, outputTokens = heard, cacheReadTokens = 0, reasoningTokens = 0 } = reported
  return {
    input: Math.ceil(inputTokens),
    output: Math.ceil(outputTokens),
    cached: Math.ceil(cacheReadTokens),
    reasoning: Math.ceil(reasoningTokens),
    isEstimated: reported.inputTokens === undefined || reported.outputTokens === undefined,
    dollars: () => dollars({ ...reported, inputTokens, outputTokens }),
  }
}
