// How much was posted today (UTC), in bytes that a room keeps of it: by one person, from one network, and in the whole
// instance. Counted after it happened, in batches that rooms send: a post waits for nobody.
import type { MemberId } from '../conversation/ids'
import { DAY_MS, dayOf, type DayCounts } from './day-counts'
import { PER_DAY } from './limits'

export type PostLimit = 'person' | 'network' | 'instance'

/** What one person may still post today. */
export interface PostsLeft {
  readonly bytes: number
  /** Whose limit is the tightest. */
  readonly of: PostLimit
  /** When the counts begin anew, ms since 1970. */
  readonly resetsAt: number
}

/** What one person posted from one network, null where none is known. */
export interface PostedBytes {
  readonly person: MemberId
  readonly address: string | null
  readonly bytes: number
}

const WORDS: Readonly<Record<PostLimit, string>> = {
  person: 'You have posted as much as one person may in a day.',
  network: 'As much was posted from your network as may be in a day.',
  instance: 'As much was posted here today as may be in a day.',
}

export function postedInWords(limit: PostLimit): string {
  return `${WORDS[limit]} The count begins anew at 00:00 UTC.`
}

export class Posted {
  private readonly counts: DayCounts

  constructor(counts: DayCounts) {
    this.counts = counts
  }

  add({ person, address, bytes }: PostedBytes, now: number): void {
    for (const { key } of this.limitsOf(person, address)) this.counts.count('posted', key, now, bytes)
  }

  left(person: MemberId, address: string | null, now: number): PostsLeft {
    const [first, ...others] = this.limitsOf(person, address).map(({ of, key, limit }) => ({
      of,
      bytes: Math.max(0, limit - this.counts.of('posted', key, now)),
    }))
    const tightest = others.reduce((least, one) => (least === undefined || one.bytes < least.bytes ? one : least), first)
    return { ...(tightest ?? { of: 'instance', bytes: 0 }), resetsAt: (dayOf(now) + 1) * DAY_MS }
  }

  private limitsOf(person: MemberId, address: string | null): readonly { readonly of: PostLimit; readonly key: string; readonly limit: number }[] {
    return [
      { of: 'person', key: `person ${person}`, limit: PER_DAY.posted.person },
      ...(address === null ? [] : [{ of: 'network', key: `address ${address}`, limit: PER_DAY.posted.address } as const]),
      { of: 'instance', key: '', limit: PER_DAY.posted.instance },
    ]
  }
}
