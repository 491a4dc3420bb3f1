// What an agent thought before it spoke.
import { Fold } from './Fold'

export function ReasoningPart({ text, streaming }: { readonly text: string; readonly streaming: boolean }) {
  return (
    <Fold kind="reasoning" summary={streaming ? 'Reasoning…' : 'Reasoning'}>
      <p className="leading-relaxed whitespace-pre-wrap text-muted [overflow-wrap:anywhere]">{text}</p>
    </Fold>
  )
}
