// What whoever looks may still take here today. Nobody else is shown it.
import type { OfDay } from '../../conversation/budgets'
import type { Allowance } from '../../room/surface'
import { Counted } from '../../ui/basics/Counted'

export function AllowanceList({ allowance: { person, room, turn, answers } }: { readonly allowance: Allowance }) {
  return (
    <section aria-labelledby="allowance" className="text-sm text-ink">
      <h2 id="allowance" className="font-medium">
        What you have left today
      </h2>
      <ul className="mt-1 flex flex-col gap-0.5">
        <li data-allowance="person" data-left-tokens={leftOf(person) ?? ''}>
          For you in this room: <Left of={person} />
        </li>
        <li data-allowance="room" data-left-tokens={leftOf(room) ?? ''}>
          For everybody in this room together: <Left of={room} />
        </li>
        {turn === null ? null : (
          <li>
            One answer may have <Counted count={turn} what="token" />
          </li>
        )}
        {answers === null ? null : (
          <li data-left-answers={answers}>
            The limits of this Parley leave you <Counted count={answers} what="answer" />
          </li>
        )}
      </ul>
      <p className="mt-1 text-muted">The count begins anew at 00:00 UTC. Only you see this list.</p>
    </section>
  )
}

function Left({ of }: { readonly of: OfDay }) {
  const left = leftOf(of)
  if (left === null) return 'no budget'
  return (
    <>
      <Counted count={left} what="token" /> of <Counted count={of.limit ?? 0} />
    </>
  )
}

function leftOf({ limit, spent }: OfDay): number | null {
  return limit === null ? null : Math.max(0, limit - spent)
}
