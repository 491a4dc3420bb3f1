// What was spent today, and the limits in force: for the instance's owner.
import { Fragment } from 'react'
import type { Spent, Usage } from '../../limits/ledger-surface'
import type { Budget, Spender } from '../../limits/limit-settings'
import { counted } from '../../ui/basics/counted'

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
        Since 00:00 UTC: {spent(instance)}; {counted(instance.signIns, 'new guest')}, {counted(instance.newRooms, 'new room')};{' '}
        {counted(instance.sockets, 'socket')} open now. The built-in guide's answers cost nothing and are not counted.
      </p>
      <List title="By person" of={people} nameOf={nameOf} />
      <List title="By room" of={rooms} nameOf={nameOf} />
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 text-sm text-muted">
        {SPENDERS.map(([spender, words]) => (
          <Fragment key={spender}>
            <dt>Most for {words}</dt>
            <dd>{limit(limits[spender])}</dd>
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
            {nameOf(one.id)}: {spent(one)}
          </li>
        ))}
      </ul>
    </details>
  )
}

function spent({ calls, tokens }: Spent): string {
  return `${counted(calls, 'answer')}, ${counted(tokens, 'token')}`
}

function limit({ calls, tokens }: Budget): string {
  return `${calls?.toLocaleString('en') ?? 'any number of'} answers, ${tokens?.toLocaleString('en') ?? 'any number of'} tokens a day`
}
