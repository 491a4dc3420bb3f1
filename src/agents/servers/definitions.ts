// What a server says of its tools, read once, bounded and cleaned: what its reviewer cannot see, a model is not told.
import type { JSONSchema7 } from '@ai-sdk/provider'
import { fingerprintTools, jsonSchema } from 'ai'
import { cleaned, seen } from '../../conversation/seen'
import { MAX_SERVER_TOOLS, MAX_TOOL_NAME, MAX_TOOL_TITLE } from '../../conversation/server-profile'

/** One tool, as it is reviewed, pinned and told to models. */
export interface ToolDefinition {
  readonly name: string
  readonly title: string | null
  readonly description: string
  readonly schema: JSONSchema7
  /** What its server says of its effects: hints, which nobody has to believe. */
  readonly hints: Readonly<Record<string, boolean>>
}

export interface Definitions {
  readonly tools: readonly ToolDefinition[]
  /** How many there were beside, that are none or too long. */
  readonly leftOut: number
}

/** Characters of a tool's definition as JSON: each step of a turn pays for it. */
const LONGEST = 12_000
const NAME = /^[\w./-]+$/
const HINTS = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const

/** `listed`: whatever stands in its list. */
export function definitionsIn(listed: readonly unknown[]): Definitions {
  const tools = new Map<string, ToolDefinition>()
  for (const each of listed) {
    if (tools.size === MAX_SERVER_TOOLS) break
    const tool = definitionOf(each)
    if (tool && !tools.has(tool.name)) tools.set(tool.name, tool)
  }
  return { tools: [...tools.values()], leftOut: listed.length - tools.size }
}

/** By name: the same for as long as nothing of a tool changes that anybody reviewed. */
export async function printsOf(tools: readonly ToolDefinition[]): Promise<Readonly<Record<string, string>>> {
  const set = tools.map(({ name, title, description, schema, hints }) => {
    // Of a tool's fields this reads the title, the description and the schema: the hints are as much a part of what is reviewed.
    return [name, { title: JSON.stringify([title, hints]), description, inputSchema: jsonSchema(schema) }] as const
  })
  return fingerprintTools(Object.fromEntries(set))
}

/** Names all of them together. */
export async function printOf(prints: Readonly<Record<string, string>>): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(Object.entries(prints).sort(([a], [b]) => (a < b ? -1 : 1))))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function definitionOf(listed: unknown): ToolDefinition | null {
  const plain = plainOf(listed)
  if (!isObject(plain)) return null
  const { name, title, description, inputSchema, annotations } = plain
  if (typeof name !== 'string' || name.length > MAX_TOOL_NAME || !NAME.test(name)) return null
  if (!isObject(inputSchema) || inputSchema['type'] !== 'object') return null
  const said = isObject(annotations) ? annotations : {}
  const titled = typeof title === 'string' ? title : said['title']
  return {
    name,
    title: typeof titled === 'string' ? oneLine(titled) || null : null,
    description: typeof description === 'string' ? description : '',
    schema: inputSchema,
    hints: Object.fromEntries(HINTS.flatMap((hint) => (typeof said[hint] === 'boolean' ? [[hint, said[hint]]] : []))),
  }
}

/** As JSON, without what cannot be seen; null for what is none, too long or too deep. */
function plainOf(listed: unknown): unknown {
  if (!isObject(listed)) return null
  const { name, title, description, inputSchema, annotations } = listed
  try {
    const json = JSON.stringify({ name, title, description, inputSchema, annotations })
    return json.length > LONGEST ? null : cleaned(JSON.parse(json), seen)
  } catch {
    return null
  }
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_TOOL_TITLE)
    .replace(/[\ud800-\udbff]$/u, '')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
