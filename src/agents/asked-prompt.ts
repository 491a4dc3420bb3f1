// What an agent is asked that another agent asks by its tool: the question that stands in the call, under the name of whoever asks.
import { askedOf, whyOf } from '../conversation/engaged'
import type { Message } from '../conversation/message'

/** `prompt`: the message that `reply` answers; where it was asked by a tool, the reply that asks, with the question as its words. */
export function promptOf(prompt: Message, reply: Pick<Message, 'metadata'>): Message {
  const call = whyOf(reply.metadata)?.rule === 'agent-asked' ? askedOf(reply.metadata) : null
  if (call === null) return prompt
  const part = prompt.parts.find((one) => one.type === 'dynamic-tool' && one.toolCallId === call)
  const question = part?.type === 'dynamic-tool' ? questionIn(part.input) : null
  return question === null ? prompt : { ...prompt, parts: [{ type: 'text', text: question }] }
}

function questionIn(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || !('question' in input)) return null
  return typeof input.question === 'string' ? input.question : null
}
