// What a tool says of itself, all that a model is told of it; and where it has changed, what it was beside what it is.
import type { ToolDefinition } from '../../agents/servers/definitions'
import type { ToolToReview } from '../../room/servers/servers-port'

export function ToolWords({ tool: { found, accepted } }: { readonly tool: ToolToReview }) {
  const now = found ?? accepted
  if (!now) return null
  const changes = found && accepted ? changesOf(accepted, found) : []
  return (
    <>
      {changes.length > 0 ? (
        <dl data-part="difference" className="mt-2 flex flex-col gap-2">
          {changes.map(({ what, was, is }) => (
            <div key={what}>
              <dt className="text-sm font-medium text-ink">{what}</dt>
              <dd className="mt-1 grid gap-2 sm:grid-cols-2">
                <Said title="Was" text={was} />
                <Said title="Is now" text={is} />
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p dir="auto" className="mt-1 max-h-32 overflow-y-auto text-sm break-words whitespace-pre-wrap text-muted" tabIndex={0}>
          {now.description || 'It does not say what it does.'}
        </p>
      )}
      <details className="text-sm">
        <summary className="inline-flex min-h-8 items-center text-muted underline underline-offset-2">What it is given</summary>
        <Said title="As JSON schema" text={JSON.stringify(now.schema, null, 2)} />
      </details>
    </>
  )
}

function Said({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div className="min-w-0">
      <p className="text-xs text-muted">{title}</p>
      <pre dir="auto" className="max-h-48 overflow-auto rounded-lg bg-paper p-2 font-mono text-xs break-words whitespace-pre-wrap text-ink" tabIndex={0}>
        {text}
      </pre>
    </div>
  )
}

function changesOf(accepted: ToolDefinition, found: ToolDefinition): readonly { readonly what: string; readonly was: string; readonly is: string }[] {
  const parts = (tool: ToolDefinition) => [
    ['Title', tool.title ?? 'none'],
    ['Description', tool.description || 'none'],
    ['What it is given', JSON.stringify(tool.schema, null, 2)],
    ['What its server says of its effects', JSON.stringify(tool.hints)],
  ]
  const is = parts(found)
  return parts(accepted).flatMap(([what = '', was = ''], at) => {
    const now = is[at]?.[1] ?? ''
    return was === now ? [] : [{ what, was, is: now }]
  })
}
