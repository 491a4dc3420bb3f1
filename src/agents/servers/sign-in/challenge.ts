// What a server says when it lets somebody not in: where it is written how to sign in there, and what has to be allowed.
import { extractWWWAuthenticateParams } from '@modelcontextprotocol/client'

export interface Challenge {
  /** Where its metadata is, as it says; null where the usual places are to be looked at. */
  readonly metadata: string | null
  /** What has to be allowed, as OAuth writes it; null where it does not say. */
  readonly scope: string | null
  /** Whoever signed in has allowed too little: what was allowed is to be asked for again, and this with it. */
  readonly isMore: boolean
}

export const NO_CHALLENGE: Challenge = { metadata: null, scope: null, isMore: false }

/** Characters of an address, and of what has to be allowed. */
const MOST = 2_000
/** Words of visible ASCII, as RFC 6749 has them. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/

/** Null when the response refuses nobody, or for another reason. */
export function challengeOf(response: Response): Challenge | null {
  if (response.status !== 401 && response.status !== 403) return null
  const { resourceMetadataUrl, scope, error } = extractWWWAuthenticateParams(response)
  const isMore = error === 'insufficient_scope'
  if (response.status === 403 && !isMore) return null
  const metadata = resourceMetadataUrl?.href ?? null
  return {
    metadata: metadata !== null && metadata.length <= MOST ? metadata : null,
    scope: scope !== undefined && scope.length <= MOST && SCOPE.test(scope) ? scope : null,
    isMore,
  }
}
