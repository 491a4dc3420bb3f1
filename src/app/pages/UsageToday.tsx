// What was spent today, and the limits in force: for the instance's owner.
import { Fragment } from 'react'
import type { Spent, Usage } from '../../limits/ledger-surface'
import type { Spender } from '../../limits/limit-settings'
import { Counted } from '../../ui/basics/Counted'

const SPENDERS: readonly (readonly [Spender, string])[] = [
  ['guest', 'a guest'],
  ['network', 'the guests of a network'],
  ['guests', 'all guests'],
  ['account', 'an account'],
  ['room', 'a room'],
  ['instance', 'all together'],
]

export function UsageToday({ usage, nameOf }: { readonly usage: Usage; readonly nameOf: (id: string) => string }) {
  const { instance, people, rooms, limits } = usage
  return (
    <>
      <p>
        Since 00:00 UTC: <SpentInWords spent={instance} />; <Counted count={instance.signIns} what="new guest" />,{' '}
        <Counted count={instance.newRooms} what="new room" />; <Counted count={instance.sockets} what="socket" /> open now. The built-in guide's answers cost
        nothing and are not counted.
      </p>
      <List title="By person" of={people} nameOf={nameOf} />
      <List title="By room" of={rooms} nameOf={nameOf} />
      <dl className="grid gap-x-4 text-sm text-muted sm:grid-cols-[auto_1fr]">
        {SPENDERS.map(([spender, words]) => (
          <Fragment key={spender}>
            <dt className="max-sm:mt-1 max-sm:text-ink">Most for {words}</dt>
            <dd>
              <Most of={limits[spender].calls} /> answers, <Most of={limits[spender].tokens} /> tokens a day
            </dd>
          </Fragment>
        ))}
      </dl>
    </>
  )
}

function List({
  title,
  of,
  nameOf,
}: {
  readonly title: string
  readonly of: readonly (Spent & { readonly id: string })[]
  readonly nameOf: (id: string) => string
}) {
  if (of.length === 0) return null
  return (
    <details>
      <summary>{title}</summary>
      <ul className="text-sm">
        {of.map((one) => (
          <li key={one.id}>
            {nameOf(one.id)}: <SpentInWords spent={one} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function SpentInWords({ spent: { calls, tokens } }: { readonly spent: Spent }) {
  return (
    <>
      <Counted count={calls} what="answer" />, <Counted count={tokens} what="token" />
    </>
  )
}

/** Null and undefined are no limit. */
function Most({ of }: { readonly of: number | null | undefined }) {
  return of === null || of === undefined ? 'any number of' : <Counted count={of} />
}
