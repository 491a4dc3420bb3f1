// The servers of tools of a room: everybody in it may see which there are and who lets each tool run; its owner adds, reviews and removes them.
import { CALLBACK_PATH } from '../../agents/servers/sign-in/client-metadata'
import { MAX_CLIENT_ID, MAX_SERVERS, MAX_TOKEN } from '../../conversation/server-profile'
import type { RecordOf } from '../../conversation/record'
import type { ToolToReview } from '../../room/servers/servers-port'
import type { Visit } from '../../room/surface'
import { Button } from '../../ui/basics/Button'
import { Field } from '../../ui/basics/Field'
import { policiesPath, serversPath } from '../directory/places'
import { STATE_WORDS } from './policy-words'
import { ServerTools } from './ServerTools'

/** A server, and for its room's owner what there is to review. */
export interface ShownServer extends RecordOf<'server'> {
  readonly tools: readonly ToolToReview[] | null
}

/** An address that was refused, and why. */
export interface RefusedServer {
  readonly address: string
  readonly message: string
}

interface ServersSectionProps {
  readonly room: Visit['room']
  readonly servers: readonly ShownServer[]
  readonly agents: readonly RecordOf<'agent'>[]
  readonly refused: RefusedServer | null
}

export function ServersSection({ room, servers, agents, refused }: ServersSectionProps) {
  return (
    <section aria-labelledby="servers" className="flex flex-col gap-3 border-t border-line pt-5">
      <div>
        <h2 id="servers" className="font-semibold text-ink">
          Tools and servers
        </h2>
        <p className="mt-1 text-sm text-muted">
          {servers.length === 0 ? 'Agents have the tools of this room. ' : ''}A server of tools speaks the Model Context Protocol. An agent’s form says which of
          them it may use. Who lets each tool run is said on{' '}
          <a href={policiesPath(room.id)} className="underline underline-offset-2">
            a page of its own
          </a>
          .
        </p>
      </div>
      {servers.length === 0 ? null : (
        <ul className="flex flex-col gap-4">
          {servers.map((server) => (
            <Server key={server.id} room={room} server={server} users={agents.filter(({ value }) => value.servers?.includes(server.id))} />
          ))}
        </ul>
      )}
      {room.isOwner && servers.length < MAX_SERVERS ? <AddServer room={room} refused={refused} /> : null}
      {room.isOwner && servers.length >= MAX_SERVERS && refused ? (
        <p role="alert" className="text-sm text-danger">
          {refused.message}
        </p>
      ) : null}
    </section>
  )
}

interface ServerProps {
  readonly room: Visit['room']
  readonly server: ShownServer
  /** Who may use it. */
  readonly users: readonly RecordOf<'agent'>[]
}

function Server({ room, server, users }: ServerProps) {
  const { id, value } = server
  const { name, address, state, words, signedInBy } = value
  return (
    <li id={id} data-server={name} data-server-state={state} className="flex flex-col gap-3 rounded-xl border border-line p-4">
      <div className="min-w-0">
        <h3 className="font-medium text-ink">{name}</h3>
        <p className="text-sm break-all text-muted">{address}</p>
        <p role="status" className={`mt-1 text-sm ${state === 'failed' || state === 'sign-in' ? 'text-danger' : 'text-ink'}`}>
          {STATE_WORDS[state]}
          {words === null ? '.' : `. ${words}`}
        </p>
        {signedInBy === undefined || state === 'sign-in' ? null : (
          <p className="text-sm text-muted">
            Signed in by <bdi>{signedInBy}</bdi>: its tools act there with that account.
          </p>
        )}
        <p className="text-sm text-muted">
          {users.length === 0 ? 'No agent may use it yet: tick it in an agent’s form.' : `For ${users.map(({ value }) => value.name).join(', ')}.`}
        </p>
      </div>
      <ServerTools room={room} server={server} />
      {room.isOwner ? <Decisions room={room} server={server} /> : null}
    </li>
  )
}

function Decisions({ room, server: { id, value } }: { readonly room: Visit['room']; readonly server: ShownServer }) {
  return (
    <form method="post" action={serversPath(room.id)} className="flex flex-wrap items-start gap-2">
      <input type="hidden" name="server" value={id} />
      {value.state === 'sign-in' ? (
        <Button type="submit" variant="primary" name="intent" value="sign-in" aria-label={`Sign in for ${value.name}`}>
          Sign in
        </Button>
      ) : null}
      <Button type="submit" name="intent" value="check" aria-label={`Ask again which tools ${value.name} has`}>
        Ask again
      </Button>
      <details>
        <summary className="inline-flex min-h-10 items-center px-2 text-sm text-muted underline underline-offset-2" aria-label={`Remove ${value.name}`}>
          Remove
        </summary>
        <div className="flex flex-col items-start gap-2 py-1">
          <p className="max-w-72 text-sm text-muted">No agent can use its tools any more, and what it was shown is forgotten.</p>
          <Button type="submit" variant="danger" name="intent" value="remove" aria-label={`Remove the server ${value.name}`}>
            Remove the server
          </Button>
        </div>
      </details>
    </form>
  )
}

function AddServer({ room, refused }: Pick<ServersSectionProps, 'room' | 'refused'>) {
  return (
    <form method="post" action={serversPath(room.id)} className="flex flex-col gap-4 rounded-xl bg-paper p-4">
      <Field
        label="Server address"
        id="server-address"
        name="address"
        defaultValue={refused?.address ?? ''}
        required
        maxLength={2_000}
        autoComplete="off"
        spellCheck={false}
        inputMode="url"
        placeholder="https://"
        hint="Everybody in the room sees it. Its tools are used once you have accepted them. Where it wants somebody to sign in, you are asked to."
        error={refused?.message}
      />
      <div className="flex flex-col">
        <details>
          <summary className="inline-flex min-h-10 items-center text-sm text-muted underline underline-offset-2">It wants a token</summary>
          <Field
            label="Token"
            id="server-token"
            name="token"
            type="password"
            maxLength={MAX_TOKEN}
            autoComplete="new-password"
            className="mt-1"
            hint="Sent to this server alone. Kept sealed, and never shown again."
          />
        </details>
        <details>
          <summary className="inline-flex min-h-10 items-center text-sm text-muted underline underline-offset-2">It gave you a client ID</summary>
          <div className="mt-1 flex flex-col gap-4">
            <Field
              label="Client ID"
              id="server-client"
              name="clientId"
              maxLength={MAX_CLIENT_ID}
              autoComplete="off"
              spellCheck={false}
              hint={
                <>
                  Only where Parley is not taken as a new client by itself. People come back to <code className="font-mono break-all">{CALLBACK_PATH}</code> at
                  the address of this Parley.
                </>
              }
            />
            <Field
              label="Client secret"
              id="server-client-secret"
              name="clientSecret"
              type="password"
              maxLength={MAX_TOKEN}
              autoComplete="new-password"
              hint="If it gave you one. Kept sealed, and never shown again."
            />
          </div>
        </details>
      </div>
      <div>
        <Button type="submit" variant="primary" name="intent" value="add">
          Add server
        </Button>
      </div>
    </form>
  )
}
