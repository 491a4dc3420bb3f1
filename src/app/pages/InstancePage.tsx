// The instance as its owner sees it: who there is, which rooms, and what they hold. Plain forms.
import { LOBBY } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Usage } from '../../limits/ledger-surface'
import type { RoomFigures } from '../../room/surface'
import { Button, buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { Counted } from '../../ui/basics/Counted'
import { Day } from '../../ui/basics/Day'
import { MOST_ROOMS_COUNTED, type Account } from '../directory/list-accounts'
import { countInWords, type PageOf } from '../directory/paging'
import { keptUntil } from '../directory/deleted-rooms'
import { roomPath } from '../directory/places'
import { InstanceModels, type InstanceModelsProps } from './InstanceModels'
import { More } from './More'
import { UsageToday } from './UsageToday'
import type { RoomEntry } from '../directory/rooms'

type Paged<T> = PageOf<T> & { readonly total: number }

type CountedRoom = RoomEntry & { readonly figures: RoomFigures | null }

export interface InstancePageProps {
  readonly viewer: Member
  readonly models: InstanceModelsProps
  readonly people: Paged<Account>
  readonly rooms: Paged<CountedRoom>
  /** Null when it cannot be had just now. */
  readonly usage: Usage | null
  /** Whether both lists begin with the newest. */
  readonly isFirst: boolean
}

export function InstancePage({ viewer, models, people, rooms, usage, isFirst }: InstancePageProps) {
  const names = new Map<string, string>([
    ...people.listed.map(({ id, name }) => [id, `${name} (${briefly(id)})`] as const),
    ...rooms.listed.map(({ id, name }) => [id, name] as const),
  ])
  return (
    <Card isWide title="This instance" lead="You own it: its lobby, its models, its people and its rooms.">
      <title>Instance · Parley</title>
      <Section id="models" title="Models">
        <InstanceModels {...models} />
      </Section>
      <Section id="people" title={`People (${countInWords(people.total)})`}>
        <ul className="flex flex-col divide-y divide-line">
          {people.listed.map((account) => (
            <Person key={account.id} account={account} isViewer={account.id === viewer.id} />
          ))}
        </ul>
        <More path="/instance" list="people" next={people.next} />
      </Section>
      <Section id="rooms" title={`Rooms (${countInWords(rooms.total)})`}>
        <ul className="flex flex-col divide-y divide-line">
          {rooms.listed.map((room) => (
            <Room key={room.id} room={room} />
          ))}
        </ul>
        <More path="/instance" list="rooms" next={rooms.next} />
      </Section>
      <Section id="usage" title="Today">
        {usage ? <UsageToday usage={usage} nameOf={(id) => names.get(id) ?? id} /> : <p>What was spent today could not be looked up just now.</p>}
      </Section>
      {isFirst ? null : (
        <a href="/instance" className={buttonClass('outline')}>
          Back to the newest
        </a>
      )}
      <a href="/" className={buttonClass('primary')}>
        To the lobby
      </a>
    </Card>
  )
}

function Section({ id, title, children }: { readonly id: string; readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h2 id={id} className="font-semibold text-ink">
        {title}
      </h2>
      {children}
    </section>
  )
}

function Person({ account: { id, name, since, lastSeen, rooms }, isViewer }: { readonly account: Account; readonly isViewer: boolean }) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1 py-2" data-account={id}>
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate text-ink">
          <bdi>{name}</bdi> <span className="font-mono text-xs text-muted">{briefly(id)}</span>
        </p>
        <p className="text-sm text-muted">
          <Day what="Since" at={since} />
          {lastSeen === null ? null : <Day what="Last seen" at={lastSeen} />}
          {lastSeen === null && rooms === 0 ? 'Never in a room' : <Counted count={rooms} what="room" />}
          {rooms < MOST_ROOMS_COUNTED ? '' : ' or more'}
        </p>
      </div>
      {isViewer ? (
        <span className="text-sm text-muted">You, the owner</span>
      ) : (
        <details className="text-right">
          <summary className="inline-flex min-h-10 items-center px-2 text-sm text-muted underline underline-offset-2" aria-label={`Remove ${name}`}>
            Remove
          </summary>
          <form method="post" action="/instance/people" className="flex flex-col gap-2">
            <input type="hidden" name="remove" value={id} />
            <p className="max-w-60 text-sm text-muted">Signed out everywhere and out of every room, for ever. What they said stays.</p>
            <Button type="submit" variant="danger" aria-label={`Remove the account of ${name}`}>
              Remove the account
            </Button>
          </form>
        </details>
      )}
    </li>
  )
}

function Room({ room }: { readonly room: CountedRoom }) {
  const { id, name, access, deletedAt, figures } = room
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-2" data-room={id}>
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate text-ink">
          {deletedAt === null ? (
            <a href={roomPath(id)} className="inline-flex min-h-6 items-center underline underline-offset-2">
              {name}
            </a>
          ) : (
            name
          )}
        </p>
        <p className="text-sm text-muted">
          {access === 'private' ? 'Private' : 'Open'} · {figures === null ? 'nothing in it' : <Held figures={figures} />}
          {deletedAt === null ? null : <Day what="Deleted, kept until" at={keptUntil(deletedAt)} />}
        </p>
      </div>
      {id === LOBBY ? null : <RoomDecision room={room} />}
    </li>
  )
}

function RoomDecision({ room: { id, name, deletedAt } }: { readonly room: CountedRoom }) {
  const isDeleted = deletedAt !== null
  return (
    <form method="post" action="/instance/rooms">
      <input type="hidden" name={isDeleted ? 'restore' : 'delete'} value={id} />
      <Button type="submit" variant={isDeleted ? 'outline' : 'danger'} aria-label={`${isDeleted ? 'Restore' : 'Delete'} ${name}`}>
        {isDeleted ? 'Restore' : 'Delete'}
      </Button>
    </form>
  )
}

function Held({ figures: { members, messages, bytes } }: { readonly figures: RoomFigures }) {
  return (
    <>
      <Counted count={members} what="member" /> · <Counted count={messages} what="message" /> ·{' '}
      {bytes < 1_000_000 ? (
        <>
          <Counted count={Math.ceil(bytes / 1_000)} /> kB
        </>
      ) : (
        <>
          <Counted count={Math.round(bytes / 100_000) / 10} /> MB
        </>
      )}
    </>
  )
}

/** Enough of an id to tell apart those who have one name. */
function briefly(id: string): string {
  return id.slice(0, 6)
}
