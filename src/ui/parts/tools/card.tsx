// What the tools of this room show of a call: one line for everybody who looks, and where it helps a body in place of input and output.
// Invariant: what a card cannot read it leaves to the plain one; a tool of a server never has ours, whatever it is called.
import type { DynamicToolUIPart } from 'ai'
import type { ReactNode } from 'react'
import { factsOf } from '../../../conversation/tool-part'
import { Asked } from './Asked'
import { ReadPage } from './ReadPage'
import { FoundMessages, foundIn } from './FoundMessages'

export interface Card {
  readonly line: string
  readonly body?: ReactNode
}

export function cardOf(part: DynamicToolUIPart): Card | null {
  const { tool, server } = factsOf(part)
  if (server !== undefined) return null
  if (tool === 'ask_agent') return askedCard(part)
  if (part.state !== 'output-available') return null
  const { input, output } = part
  switch (tool) {
    case 'search_room':
      return found(output, `“${wordOf(input, 'query')}”, `)
    case 'read_messages':
      return found(output, '')
    case 'calculate':
      return { line: `${wordOf(output, 'sum')} = ${wordOf(output, 'result')}` }
    case 'now':
      return { line: `${wordOf(output, 'weekday')}, ${wordOf(output, 'at').slice(0, 16).replace('T', ' ')} ${wordOf(output, 'zone')}` }
    case 'fetch_page':
      return pageCard(output)
    case 'who_is_here':
      return { line: namesIn(output) }
    case 'remember':
      return { line: `“${wordOf(output, 'noted')}”` }
    case 'forget':
      return { line: `“${wordOf(output, 'forgotten')}”` }
    case 'schedule':
      return plannedCard(memberOf(output, 'planned'))
    default:
      return null
  }
}

/** In every state: the answer itself stands in the room, as it is said. */
function askedCard({ state, input, toolCallId, errorText }: DynamicToolUIPart): Card | null {
  const question = wordOf(input, 'question')
  if (question === '') return null
  return {
    line: `${wordOf(input, 'agent')}, “${cut(question)}”`,
    body: <Asked question={question} call={toolCallId} fault={state === 'output-error' ? errorText : null} />,
  }
}

function plannedCard(planned: unknown): Card | null {
  const [when, next] = [wordOf(planned, 'when'), wordOf(planned, 'next')]
  return when === '' ? null : { line: `${when}, next ${next}` }
}

function cut(words: string): string {
  return words.length > LINE ? `${words.slice(0, LINE).toWellFormed()}…` : words
}

/** Of what somebody wrote, in a line, in characters. */
const LINE = 60

function found(output: unknown, what: string): Card | null {
  const messages = foundIn(output)
  if (!messages) return null
  const count = messages.length === 1 ? '1 message' : `${messages.length} messages`
  return {
    line: `${what}${messages.length === 0 ? 'nothing found' : count}`,
    ...(messages.length === 0 ? {} : { body: <FoundMessages messages={messages} /> }),
  }
}

function pageCard(output: unknown): Card {
  const [title, address] = [wordOf(output, 'title'), wordOf(output, 'address')]
  return { line: title || address, body: <ReadPage title={title} address={address} text={wordOf(output, 'text')} /> }
}

function namesIn(output: unknown): string {
  const here = listOf(output, 'here').map((member) => wordOf(member, 'name'))
  return here.length > 5 ? `${here.slice(0, 4).join(', ')} and ${here.length - 4} more` : here.join(', ')
}

/** Text or a number of an object; nothing where there is none. */
export function wordOf(from: unknown, name: string): string {
  const value = memberOf(from, name)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export function listOf(from: unknown, name: string): readonly unknown[] {
  const value = memberOf(from, name)
  return Array.isArray(value) ? value : []
}

function memberOf(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null && Object.hasOwn(from, name) ? (from as Readonly<Record<string, unknown>>)[name] : undefined
}
