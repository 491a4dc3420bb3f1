// An agent's use of a tool: which, how it went and what for, in one line; what went in and came out when opened. Some tools have a card
// of their own, and any other shows its input and output as they are.
import type { DynamicToolUIPart } from 'ai'
import { memo } from 'react'
import { factsOf } from '../../conversation/tool-part'
import { legible } from '../../conversation/seen'
import { exactText } from './exact-json'
import { Fold } from './Fold'
import { cardOf } from './tools/card'

/** Drawn again when its call changes, and not with every word after it. */
export const ToolPart = memo(function ToolPart({ part }: { readonly part: DynamicToolUIPart }) {
  const { state } = part
  const { tool, server } = factsOf(part)
  const failed = state === 'output-error' || state === 'output-denied'
  const input = state === 'input-streaming' ? part.rawInput : part.input
  const card = cardOf(part)
  return (
    <Fold
      kind="tool"
      data={{ 'data-tool': tool, ...(server === undefined ? {} : { 'data-server': server }), 'data-tool-state': state }}
      summary={
        <>
          <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{server === undefined ? tool : `${server}: ${tool}`}</span>
          {card?.line ? <span className="min-w-0 [overflow-wrap:anywhere]">{card.line}</span> : null}
          {card?.line && state === 'output-available' ? null : <span className={failed ? 'text-danger' : ''}>{stateInWords(state)}</span>}
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {card?.body ?? (
          <>
            {input === undefined ? null : <Detail name="Input" value={exactText(written(input))} />}
            {state === 'output-available' ? <Detail name="Output" value={legible(written(part.output))} /> : null}
            {state === 'output-error' ? <Detail name="Error" value={legible(part.errorText)} /> : null}
          </>
        )}
      </div>
    </Fold>
  )
})

function Detail({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <p className="text-xs font-semibold text-muted">{name}</p>
      <pre className="mt-1 max-h-64 overflow-y-auto font-mono text-xs leading-relaxed whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">{value}</pre>
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
      return 'waiting for people'
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
