// A name as the room shows it. The number of a double is never cut off, however long the name is.
import { splitName } from '../../conversation/double'

export function ShownName({ name: shown, as: Name = 'span' }: { readonly name: string; readonly as?: 'span' | 'b' }) {
  const { name, number } = splitName(shown)
  return (
    <>
      {/* Of a message's head CSS says the same: there are many of them on a page. */}
      <Name {...(Name === 'span' ? { dir: 'auto' } : {})}>{name}</Name>
      {number === null ? null : (
        <small className="double" data-double={number} title="Somebody else here has a name that looks like this one">
          {number}
        </small>
      )}
    </>
  )
}
