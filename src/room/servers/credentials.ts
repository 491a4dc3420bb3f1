// What a room's servers are shown: a token that was typed, or one that came of a sign-in, renewed before it ends. Invariants: all of it is sealed,
// for its server's address alone; it is given to a connection and to nobody else; one that ended for good is forgotten; and of several that need
// a new one at once, one asks for it.
import type { ServerAccess } from '../../agents/servers/connection'
import { ServerFault } from '../../agents/servers/server-fault'
import { type Challenge, NO_CHALLENGE } from '../../agents/servers/sign-in/challenge'
import { ended, renewGrant, SignInEnded } from '../../agents/servers/sign-in/sign-in'
import type { MemberId } from '../../conversation/ids'
import type { KeptGrant, KeptSignIns } from './kept-sign-ins'
import type { ServerHost } from './servers-port'
import type { StoredServers } from './stored-servers'

/** How long before its end a token is renewed, ms: longer than a call is on its way. */
const EARLY_MS = 60_000

export interface CredentialsPort {
  host(): ServerHost
  readonly stored: StoredServers
  /** Where a server is; null for one that is gone. */
  addressOf(server: string): string | null
  isOwner(person: MemberId): boolean
  now(): number
}

export class Credentials {
  private readonly port: CredentialsPort
  private readonly renewals = new Map<string, Promise<KeptGrant>>()

  constructor(port: CredentialsPort) {
    this.port = port
  }

  /** Null for a server that is gone. */
  access(server: string): ServerAccess | null {
    const address = this.port.addressOf(server)
    if (address === null) return null
    const { ask, loopback } = this.port.host()
    return {
      address,
      ask,
      loopback,
      token: async () => this.token(server),
      refused: async (token) => this.refused(server, token),
      challenged: (challenge) => this.challenged(server, challenge),
    }
  }

  async keepToken(server: string, token: string): Promise<void> {
    const address = this.port.addressOf(server)
    if (address === null) return
    const sealed = await this.port.host().seal(token, purposeOf(address))
    if (this.port.addressOf(server) !== null) this.port.stored.setSealed(server, sealed)
  }

  /** Something of a sign-in, as it was kept; null where there is none, or none that can be opened any more. */
  async kept<P extends keyof KeptSignIns>(server: string, what: P): Promise<{ readonly value: KeptSignIns[P]; readonly sealed: string } | null> {
    const [address, sealed] = [this.port.addressOf(server), this.port.stored.signIn(server, what)]
    if (address === null || sealed === null) return null
    const json = await this.port.host().unseal(sealed, purposeOf(address, what))
    // Rows are ours: what opens is what we sealed.
    return json === null ? null : { value: JSON.parse(json) as KeptSignIns[P], sealed }
  }

  /** Nothing is kept of a server that is gone meanwhile, nor what is to stand in the place of something that is gone meanwhile. */
  async keep<P extends keyof KeptSignIns>(server: string, what: P, value: KeptSignIns[P], instead: string | null = null): Promise<void> {
    const address = this.port.addressOf(server)
    if (address === null) return
    const sealed = await this.port.host().seal(JSON.stringify(value), purposeOf(address, what))
    const isStill = instead === null || this.port.stored.signIn(server, what) === instead
    if (isStill && this.port.addressOf(server) !== null) this.port.stored.setSignIn(server, what, sealed)
  }

  /** What the server said last of how to sign in there. */
  challenge(server: string): Challenge {
    const json = this.port.stored.signIn(server, 'challenge')
    return json === null ? NO_CHALLENGE : (JSON.parse(json) as Challenge)
  }

  private challenged(server: string, challenge: Challenge): void {
    const json = JSON.stringify(challenge)
    if (this.port.addressOf(server) === null || this.port.stored.signIn(server, 'challenge') === json) return
    this.port.stored.setSignIn(server, 'challenge', json)
  }

  private async token(server: string): Promise<string | null> {
    const grant = await this.kept(server, 'grant')
    if (!grant && this.port.stored.signIn(server, 'grant') !== null) throw new ServerFault(OTHER_SECRET, 'sign-in')
    if (!grant) return this.typed(server)
    const { access, refresh, until, person } = grant.value
    if (!this.port.isOwner(person)) throw this.forgets(server, grant.sealed)
    if (refresh === null || until === null || this.port.now() < until - EARLY_MS) return access
    return (await this.renewed(server)).access
  }

  private async typed(server: string): Promise<string | null> {
    const [address, sealed] = [this.port.addressOf(server), this.port.stored.sealed(server)]
    if (address === null || sealed === null) return null
    const token = await this.port.host().unseal(sealed, purposeOf(address))
    if (token === null) throw new ServerFault(`What this server wants to be shown cannot be read any more, because this instance has another secret. ${AGAIN}`)
    return token
  }

  private async refused(server: string, token: string | null): Promise<void> {
    const grant = await this.kept(server, 'grant')
    if (!grant) throw new ServerFault('This server lets in only whoever has signed in there.', 'sign-in')
    // Renewed meanwhile, on another call's behalf.
    if (grant.value.access !== token) return
    await this.renewed(server)
  }

  private async renewed(server: string): Promise<KeptGrant> {
    const running = this.renewals.get(server)
    if (running) return running
    const renewal = this.renew(server).finally(() => this.renewals.delete(server))
    this.renewals.set(server, renewal)
    return renewal
  }

  private async renew(server: string): Promise<KeptGrant> {
    const grant = await this.kept(server, 'grant')
    if (!grant) throw ended()
    try {
      const renewed = { ...(await renewGrant(this.port.host(), grant.value, this.port.now())), person: grant.value.person }
      await this.keep(server, 'grant', renewed, grant.sealed)
      return renewed
    } catch (cause) {
      throw cause instanceof SignInEnded ? this.forgets(server, grant.sealed) : cause
    }
  }

  private forgets(server: string, sealed: string): SignInEnded {
    this.port.stored.takeSignIn(server, 'grant', sealed)
    return ended()
  }
}

const AGAIN = 'Remove it and add it again.'
const OTHER_SECRET = 'The sign-in at this server cannot be read any more, because this instance has another secret.'

/** It opens for the address that it was given for, and for no other. */
function purposeOf(address: string, what?: string): string {
  return JSON.stringify(what === undefined ? ['server of tools', address] : ['sign-in at a server of tools', address, what])
}
