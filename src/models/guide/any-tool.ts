// Any other tool that the guide is offered, such as one of a server: “use get-sum with a: 2, b: 40”, or with JSON.
import type { Means } from './means'
import type { Question } from './question'
import { inert, quote } from './quote'

const ASKS = /^(?:please\s+)?(?:use|call|run)\s+(?:the\s+)?(?:tool\s+)?([\w-]{2,64})(?:\s+tool)?(?:\s+(?:with|on|for))?[\s:]*([^]*)$/i
const PAIR = /([\w-]{1,64})\s*[:=]\s*("(?:[^"\\]|\\.)*"|“[^”]*”|[^,;]+)/g

export function anyTool({ text }: Question, means: Means): string | null {
  const [, named = '', given = ''] = ASKS.exec(text) ?? []
  const tool = named === '' ? undefined : means.toolCalled(named)
  if (tool === undefined) return null
  const input = inputIn(given.trim())
  if (input === null) return `I cannot read that as what **${inert(tool)}** is to be given. Write, for example, “use ${inert(named)} with a: 2, b: 40”.`
  const answer = means.anything(tool, input)
  return answer === '' ? `**${inert(named)}** has answered nothing.` : `**${inert(named)}** says: “${quote(answer)}”`
}

/** Null for what is neither JSON nor names with values. */
function inputIn(given: string): Readonly<Record<string, unknown>> | null {
  if (given === '') return {}
  if (given.startsWith('{')) return objectIn(given)
  const pairs = [...given.matchAll(PAIR)].map(([, name = '', value = '']) => [name, valueOf(value.trim().replace(/[.!]$/, ''))] as const)
  return pairs.length === 0 ? null : Object.fromEntries(pairs)
}

function objectIn(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

/** Numbers and yes or no as themselves, everything else as words. */
function valueOf(written: string): unknown {
  if (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(written)) return Number(written)
  if (written === 'true' || written === 'false') return written === 'true'
  return written.replace(/^["“]([^]*)["”]$/, '$1')
}
