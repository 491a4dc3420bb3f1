// The rooms that somebody may see, a page at a time.
import { buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { Icon } from '../../ui/basics/Icon'
import type { ListedRoom } from '../directory/list-rooms'
import type { PageOf } from '../directory/paging'
import { DIRECTORY_PATH, roomPath } from '../directory/places'
import { More } from './More'

interface DirectoryPageProps {
  /** Null when the page is one of the other list's. */
  readonly visited: PageOf<ListedRoom> | null
  readonly open: PageOf<ListedRoom> | null
}

export function DirectoryPage({ visited, open }: DirectoryPageProps) {
  return (
    <Card title="Rooms" lead="Those you have been in, and every other one that is open.">
      <title>Rooms · Parley</title>
      {visited === null || visited.listed.length === 0 ? null : <Rooms list="visited" title="Yours" of={visited} />}
      {open === null || (open.listed.length === 0 && open.next === null) ? null : <Rooms list="open" title="Others, open to everybody" of={open} />}
      <a href="/" className={buttonClass('primary')}>
        To the lobby
      </a>
    </Card>
  )
}

function Rooms({ list, title, of: { listed, next } }: { readonly list: string; readonly title: string; readonly of: PageOf<ListedRoom> }) {
  return (
    <section aria-labelledby={list} className="flex flex-col gap-2">
      <h2 id={list} className="font-semibold text-ink">
        {title}
      </h2>
      <ul className="flex flex-col">
        {listed.map(({ id, name, access, lastLane }) => (
          <li key={id}>
            <a href={roomPath(id, lastLane ?? undefined)} className="side-link">
              <Icon name={access === 'private' ? 'lock' : 'hash'} className="" />
              <span className="truncate">{name}</span>
            </a>
          </li>
        ))}
      </ul>
      <More path={DIRECTORY_PATH} list={list} next={next} />
    </section>
  )
}
