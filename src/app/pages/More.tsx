// The way to the next page of a long list. The address names where it begins.
import type { Cursor } from '../directory/paging'
import { buttonClass } from '../../ui/basics/Button'

interface MoreProps {
  readonly path: string
  /** Names the list, in the address and to whoever only hears it. */
  readonly list: string
  /** Null when there is nothing more. */
  readonly next: Cursor | null
}

export function More({ path, list, next }: MoreProps) {
  if (next === null) return null
  return (
    <p>
      <a href={`${path}?${list}=${next}`} aria-label={`More ${list}`} className={buttonClass('outline')}>
        More
      </a>
    </p>
  )
}
