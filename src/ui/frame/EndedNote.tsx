// In the composer's place once the room has shut this reader out.
import type { Refusal } from '../../conversation/refusal'
import { buttonClass } from '../basics/Button'

export function EndedNote({ refusal }: { readonly refusal: Refusal | null }) {
  return (
    <div role="alert" className="mx-auto flex w-full max-w-3xl flex-wrap items-center justify-between gap-3 px-4 pt-2 pb-4">
      <p className="text-[0.9375rem] text-ink">{refusal?.message ?? 'This room is closed to you.'} What you see is no longer live.</p>
      <a href="/" className={buttonClass('outline')}>
        Other rooms
      </a>
    </div>
  )
}
