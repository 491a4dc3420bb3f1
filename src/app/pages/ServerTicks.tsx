// In an agent's form: which of the room's servers it may use.
import type { RecordOf } from '../../conversation/record'

/** What a tick of a server is called in a form. */
export const TICK = 'server:'
/** A browser sends no box that is not ticked: this says that there were some. */
export const TICKS_SHOWN = 'servers-shown'

/** `chosen`: ids, separated by spaces. */
export function ServerTicks({ servers, chosen }: { readonly servers: readonly RecordOf<'server'>[]; readonly chosen: string }) {
  const ticked = new Set(chosen.split(' '))
  return (
    <fieldset className="field">
      <legend className="text-sm">Servers</legend>
      <input type="hidden" name={TICKS_SHOWN} value="1" />
      {servers.map(({ id, value }) => (
        <label key={id} className="flex min-h-10 items-center gap-2 text-ink">
          <input type="checkbox" name={`${TICK}${id}`} value="1" defaultChecked={ticked.has(id)} />
          {value.name}
          <span className="min-w-0 text-sm font-normal break-all text-muted">{value.address}</span>
        </label>
      ))}
      <p className="text-sm text-muted">It may use the tools of those that are ticked.</p>
    </fieldset>
  )
}
