// What one network, one person, and all strangers together may ask of the web app, by what it costs. Counted in the memory
// of one isolate: exact where there is one, as at `npm start`; on Cloudflare a bound for each.
import type { MemberId } from '../../conversation/ids'
import { refuse, type Refusal } from '../../conversation/refusal'
import { Buckets } from '../../limits/buckets'
import type { LimitSettings } from '../../limits/limit-settings'
import { COST, costOfBody, costOfReading, REQUESTS, type Request as Asked } from '../../limits/limits'

/** Of one page, in units: what a person has at once is more. */
const MOST_AT_FIRST = 1_000

/** The one key of the bucket that all strangers share. */
const ALL = 'all'

export class RequestLimits {
  private readonly people = new Buckets(REQUESTS.person)
  private readonly addresses = new Buckets(REQUESTS.address)
  private readonly strangersOfAddresses = new Buckets(REQUESTS.strangersOfAddress)
  private readonly strangers = new Buckets(REQUESTS.strangers)

  /** Before anything is known but where it comes from. Null when it may go on. */
  refuseAddress({ requestLimits, addressLimits }: LimitSettings, address: string | null, asked: Asked, now: number): Refusal | null {
    if (!requestLimits || !addressLimits || address === null) return null
    return tooFast(this.addresses.take(address, now, COST[asked]), 'Too much is asked from your network at the moment.')
  }

  /** Once it is known who asks; null for a stranger, of whom one address never has more than its share of what there is for all. */
  refusePerson({ requestLimits, addressLimits }: LimitSettings, person: MemberId | null, address: string | null, asked: Asked, now: number): Refusal | null {
    if (!requestLimits) return null
    if (person === null) {
      const wait = addressLimits && address !== null ? this.strangersOfAddresses.take(address, now, COST[asked]) : 0
      return tooFast(wait || this.strangers.take(ALL, now, COST[asked]), 'Too many people come in at the moment.')
    }
    return tooFast(this.people.take(person, now, COST[asked]), 'That was too fast.')
  }

  /** What came with a request has so many characters. Null when it may be read; null too for a stranger's, whose network alone owes it. */
  refuseBody({ requestLimits, addressLimits }: LimitSettings, person: MemberId | null, address: string | null, length: number, now: number): Refusal | null {
    if (!requestLimits) return null
    const cost = costOfBody(length)
    const wait =
      (addressLimits && address !== null ? this.addresses.take(address, now, cost) : 0) || (person === null ? 0 : this.people.take(person, now, cost))
    return tooFast(wait, 'That was too fast.')
  }

  /** Before a page of so many characters is made. Whoever has all that they may have gets one page, however long; the rest of it is owed. */
  refuseReading({ requestLimits, addressLimits }: LimitSettings, person: MemberId, address: string | null, characters: number, now: number): Refusal | null {
    if (!requestLimits) return null
    const cost = costOfReading(characters)
    const first = Math.min(cost, MOST_AT_FIRST)
    const network = addressLimits ? address : null
    const wait = network === null ? 0 : this.addresses.take(network, now, first)
    if (wait > 0) return tooFast(wait, 'Too much is asked from your network at the moment.')
    const own = this.people.take(person, now, first)
    // What is not done costs nobody anything.
    if (network !== null) this.addresses.charge(network, now, own > 0 ? -first : cost - first)
    if (own > 0) return tooFast(own, 'That was too fast.')
    this.people.charge(person, now, cost - first)
    return null
  }

  /** What was found turned out to hold so many characters: whoever asked for it owes that too. */
  hasRead(address: string | null, person: MemberId, characters: number, now: number): void {
    const cost = costOfReading(characters)
    if (address !== null) this.addresses.charge(address, now, cost)
    this.people.charge(person, now, cost)
  }
}

function tooFast(wait: number, why: string): Refusal | null {
  return wait > 0 ? refuse('too_fast', `${why} Wait a moment and try again.`, wait).refusal : null
}
