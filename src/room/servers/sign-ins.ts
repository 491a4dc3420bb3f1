// How a room's owner signs in for its servers of tools. Invariants: what comes back counts once, within ten minutes, in the session of the person
// who began it, and only while they own the room; a server has one sign-in that was begun, the latest; of a server that is removed nothing is left.
import { ServerFault } from '../../agents/servers/server-fault'
import { type Answer, beginSignIn, finishSignIn } from '../../agents/servers/sign-in/sign-in'
import { redirectOf } from '../../agents/servers/sign-in/client-metadata'
import type { MemberId, RoomId } from '../../conversation/ids'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { Credentials, CredentialsPort } from './credentials'
import type { KeptClient, SigningIn } from './kept-sign-ins'
import { sealState } from './sign-in-state'

/** How long somebody may take to sign in elsewhere, ms. */
const LASTS_MS = 10 * 60_000

export interface SignInsPort extends CredentialsPort {
  readonly credentials: Credentials
  room(): RoomId
  /** Somebody may sign in there no longer, or not yet, for this reason. */
  failed(server: string, words: string): void
  /** This person is signed in there. */
  signedIn(server: string, person: MemberId): void
}

export class SignIns {
  private readonly port: SignInsPort
  /** Servers that are being asked how one signs in. */
  private readonly asked = new Set<string>()

  constructor(port: SignInsPort) {
    this.port = port
  }

  /** A client that was given by hand. */
  async keepClient(server: string, { id, secret }: { readonly id: string; readonly secret?: string | undefined }): Promise<void> {
    const client: KeptClient = { client: { client_id: id, ...(secret === undefined ? {} : { client_secret: secret }) }, redirect: null }
    await this.port.credentials.keep(server, 'client', client)
  }

  /** Answers where to send them. `site`: where people reach us. Refuses: no_such_message, too_fast, unavailable. */
  async begin(server: string, who: SigningIn, site: string): Promise<Result<string>> {
    const address = this.port.addressOf(server)
    if (address === null) return gone()
    if (this.asked.has(server)) return refuse('too_fast', 'This server is being asked how one signs in there. Try again in a moment.', 5_000)
    this.asked.add(server)
    try {
      return accept(await this.out(server, address, who, site))
    } catch (cause) {
      return this.fail(server, cause)
    } finally {
      this.asked.delete(server)
    }
  }

  /** Somebody is back with an answer. Refuses: no_such_message, not_yours, gone, not_owner, unavailable. */
  async finish(server: string, nonce: string, who: SigningIn, answer: Answer): Promise<Result<null>> {
    const { credentials, stored } = this.port
    const begun = await credentials.kept(server, 'begun')
    if (this.port.addressOf(server) === null) return gone()
    if (!begun || begun.value.nonce !== nonce) return over()
    const { person, session, until } = begun.value
    if (person !== who.person || session !== who.session)
      return refuse('not_yours', 'This sign-in was begun by somebody else, or in another browser. It goes on only there.')
    // From here on nobody comes back with it a second time.
    if (!stored.takeSignIn(server, 'begun', begun.sealed) || this.port.now() >= until) return over()
    try {
      const grant = await finishSignIn(this.port.host(), begun.value, answer, this.port.now())
      if (!this.port.isOwner(who.person)) return refuse('not_owner', 'Only the owner of this room may do that.')
      await credentials.keep(server, 'grant', { ...grant, person: who.person })
      this.port.signedIn(server, who.person)
      return accept(null)
    } catch (cause) {
      return this.fail(server, cause)
    }
  }

  private async out(server: string, address: string, who: SigningIn, site: string): Promise<string> {
    const { credentials } = this.port
    const { ask, loopback, seal } = this.port.host()
    const nonce = crypto.randomUUID()
    const [state, known, grant] = await Promise.all([
      sealState({ room: this.port.room(), server, nonce }, seal),
      this.clientAt(server, site),
      credentials.kept(server, 'grant'),
    ])
    const challenge = credentials.challenge(server)
    const scope = grant?.value.scope ?? null
    const isGiven = known?.redirect === null
    const { to, begun } = await beginSignIn({ address, challenge, scope, site, state, client: known?.client ?? null, isGiven, ask, loopback })
    const client: KeptClient = { client: begun.client, redirect: isGiven ? null : begun.redirect }
    await credentials.keep(server, 'client', client)
    await credentials.keep(server, 'begun', { ...who, ...begun, nonce, until: this.port.now() + LASTS_MS })
    return to
  }

  /** As it was registered for this very site, while its secret lasts. */
  private async clientAt(server: string, site: string): Promise<KeptClient | null> {
    const kept = await this.port.credentials.kept(server, 'client')
    if (!kept || kept.value.redirect === null) return kept?.value ?? null
    const { client, redirect } = kept.value
    const until = 'client_secret_expires_at' in client && typeof client.client_secret_expires_at === 'number' ? client.client_secret_expires_at * 1_000 : 0
    return redirect === redirectOf(site) && (until === 0 || this.port.now() < until) ? kept.value : null
  }

  private fail(server: string, cause: unknown): Result<never> {
    if (!(cause instanceof ServerFault))
      console.error('nobody could sign in for a server', { server, fault: cause instanceof Error ? cause.name : typeof cause })
    const words = cause instanceof ServerFault ? cause.message : 'Signing in there did not work just now. Try again in a moment.'
    this.port.failed(server, words)
    return refuse('unavailable', words)
  }
}

function gone(): Result<never> {
  return refuse('no_such_message', 'There is no such server in this room any more.')
}

function over(): Result<never> {
  return refuse('gone', 'This sign-in has been used, was begun anew, or was begun more than ten minutes ago. Begin it once more in the room.')
}
