// Whether what is on the screen is live. The words are the status; the dot only repeats them.
import type { Connection } from '../../conversation/room-client'

const WORDS: Readonly<Record<Connection, string>> = { connecting: 'Connecting', connected: 'Connected', reconnecting: 'Reconnecting', offline: 'Offline' }

const DOTS: Readonly<Record<Connection, string>> = {
  connecting: 'bg-agent-fill animate-pulse',
  connected: 'bg-accent',
  reconnecting: 'bg-agent-fill animate-pulse',
  offline: 'bg-danger',
}

export function ConnectionStatus({ connection }: { readonly connection: Connection }) {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- programs look for the role itself
    <p role="status" className="connection">
      <span aria-hidden="true" className={`size-2 rounded-full ${DOTS[connection]}`} />
      {WORDS[connection]}
    </p>
  )
}
