// An agent's use of a tool: its name and state in one line, what went in and came out when opened.
import type { DynamicToolUIPart } from 'ai'
import { Fold } from './Fold'

export function ToolPart({ part }: { readonly part: DynamicToolUIPart }) {
  const failed = part.state === 'output-error' || part.state === 'output-denied'
  const input = part.state === 'input-streaming' ? part.rawInput : part.input
  return (
    <Fold
      kind="tool"
      summary={
        <>
          <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{part.title ?? part.toolName}</span>
          <span className={failed ? 'text-danger' : ''}>{stateInWords(part.state)}</span>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {input === undefined ? null : <Detail name="Input" value={input} />}
        {part.state === 'output-available' ? <Detail name="Output" value={part.output} /> : null}
        {part.state === 'output-error' ? <Detail name="Error" value={part.errorText} /> : null}
      </div>
    </Fold>
  )
}

function Detail({ name, value }: { readonly name: string; readonly value: unknown }) {
  return (
    <div>
      <p className="text-xs font-semibold text-muted">{name}</p>
      <pre className="mt-1 max-h-64 overflow-y-auto font-mono text-xs leading-relaxed whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
        {written(value)}
      </pre>
    </div>
  )
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? 'nothing')
}

function stateInWords(state: DynamicToolUIPart['state']): string {
  switch (state) {
    case 'input-streaming':
    case 'input-available':
    case 'approval-responded':
      return 'running…'
    case 'approval-requested':
      return 'waiting for approval'
    case 'output-available':
      return 'done'
    case 'output-error':
      return 'failed'
    case 'output-denied':
      return 'denied'
    default:
      return state satisfies never
  }
}
