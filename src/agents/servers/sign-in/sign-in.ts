// A sign-in for a server of tools: out to where one signs in, back with a code, and what comes of it renewed for as long as that is allowed
// (OAuth 2.1 as the Model Context Protocol has it, by the protocol's own client). Invariants: nobody is sent to, and nothing is sent to, an
// address that the rule does not let pass; what comes back counts for the place and the request that it was begun with; all of it ends in time.
import {
  auth,
  checkResourceAllowed,
  computeScopeUnion,
  exchangeAuthorization,
  OAuthError,
  type OAuthTokens,
  refreshAuthorization,
  RegistrationRejectedError,
  type StoredOAuthClientInformation,
  validateAuthorizationResponseIssuer,
} from '@modelcontextprotocol/client'
import { readOutsideAddress } from '../../../outside/address'
import { inTime } from '../in-time'
import { ServerFault } from '../server-fault'
import type { Challenge } from './challenge'
import { clientMetadata, documentOf, redirectOf } from './client-metadata'
import { type Place, placeOf } from './place'
import { OUT_OF_ORDER, type SignInFetch, signInFetch, type SignInWeb } from './sign-in-fetch'
import { FOREIGN_RESOURCE, NO_CLIENT, NO_PROOF, signInFault, UNKNOWN_WAY } from './words'

const BEGIN_MS = 10_000
const TOKEN_MS = 10_000
/** A token that is no longer than any header, of what may stand in one. */
const TOKEN = /^[\x21-\x7e]{1,8192}$/

/** Who we are where one signs in; with its `issuer`, where that is, from the first time on. */
export type KnownClient = StoredOAuthClientInformation

/** What has to be known again when somebody comes back. */
export interface BegunSignIn {
  readonly place: Place
  readonly client: KnownClient
  readonly redirect: string
  readonly resource: string | null
  readonly scope: string | null
  readonly verifier: string
}

/** What a sign-in came to. */
export interface Grant extends Pick<BegunSignIn, 'place' | 'client' | 'resource' | 'scope'> {
  readonly access: string
  readonly refresh: string | null
  /** Server time, ms since 1970; null where it was not said. */
  readonly until: number | null
}

export interface BeginSignIn extends SignInWeb {
  readonly address: string
  readonly challenge: Challenge
  /** What was allowed before, if anything. */
  readonly scope: string | null
  /** Where people reach us. */
  readonly site: string
  readonly state: string
  /** Who we are there already; null for nobody. */
  readonly client: KnownClient | null
  /** Whether it was given to us by hand, and is not to be replaced. */
  readonly isGiven: boolean
}

/** Where to send whoever signs in, and what to keep until they are back. Rejects with a ServerFault. */
export async function beginSignIn(asked: BeginSignIn): Promise<{ readonly to: string; readonly begun: BegunSignIn }> {
  const { address, challenge, site, state, isGiven } = asked
  const redirect = redirectOf(site)
  const document = documentOf(site)
  const scope = computeScopeUnion(challenge.isMore ? (asked.scope ?? undefined) : undefined, challenge.scope ?? undefined)
  let { client } = asked
  let place: Place | null = null
  let resource: string | null = null
  let verifier = ''
  let to: URL | null = null
  await within(BEGIN_MS, asked, async (fetch) =>
    auth(
      {
        redirectUrl: redirect,
        clientMetadata: clientMetadata(redirect),
        ...(document === null ? {} : { clientMetadataUrl: document }),
        state: () => state,
        clientInformation: (context) => {
          // A client that was given by hand is known at one place, the first that it was used at.
          if (isGiven && client) client = { ...client, issuer: client.issuer ?? context?.issuer }
          if (isGiven && client?.issuer !== context?.issuer) throw new ServerFault(NO_CLIENT)
          return client ?? undefined
        },
        saveClientInformation: (information) => void (client = information),
        tokens: () => undefined,
        saveTokens: () => {},
        saveDiscoveryState: (found) => {
          place = placeOf(found)
          const { metadata } = place
          for (const url of [place.server, metadata?.authorization_endpoint, metadata?.token_endpoint, metadata?.registration_endpoint])
            if (url !== undefined) checkAddress(url, asked.loopback)
          const configured = found.resourceMetadata?.resource
          if (configured !== undefined && !checkResourceAllowed({ requestedResource: address, configuredResource: configured }))
            throw new ServerFault(FOREIGN_RESOURCE)
          // Only servers of the protocol's first revision with sign-ins, which say nothing at all, have the usual addresses.
          if (!metadata && found.resourceMetadata) throw new ServerFault(UNKNOWN_WAY)
          if (metadata && !metadata.code_challenge_methods_supported?.includes('S256')) throw new ServerFault(NO_PROOF)
          const isRead = metadata?.client_id_metadata_document_supported === true && document !== null
          if (metadata && !metadata.registration_endpoint && !isRead && !client) throw new ServerFault(NO_CLIENT)
        },
        saveResourceUrl: (url) => void (resource = url),
        saveCodeVerifier: (written) => void (verifier = written),
        codeVerifier: () => verifier,
        redirectToAuthorization: (url) => void (to = url),
      },
      {
        serverUrl: address,
        ...(challenge.metadata === null ? {} : { resourceMetadataUrl: new URL(challenge.metadata) }),
        ...(scope === undefined ? {} : { scope }),
        fetchFn: fetch,
        forceReauthorization: true,
      },
    ).catch((cause: unknown) => {
      throw cause instanceof RegistrationRejectedError && !place?.metadata ? new ServerFault(UNKNOWN_WAY) : cause
    }),
  )
  const [way, known, found] = [to as URL | null, client, place as Place | null]
  if (!way || !known || !found) throw signInFault(null, null)
  checkAddress(`${way.origin}${way.pathname}`, asked.loopback)
  return { to: way.href, begun: { place: found, client: known, redirect, resource, scope: way.searchParams.get('scope'), verifier } }
}

export interface Answer {
  readonly code: string | null
  readonly iss: string | null
  /** As the place where one signs in calls it: nothing of ours. */
  readonly error: string | null
}

/** What comes of an answer. Rejects with a ServerFault. */
export async function finishSignIn(web: SignInWeb, begun: BegunSignIn, { code, iss, error }: Answer, now: number): Promise<Grant> {
  const { place, client, redirect, verifier, resource, scope } = begun
  return within(TOKEN_MS, web, async (fetch) => {
    // Also for a no: whoever else answers is heard with nothing.
    validateAuthorizationResponseIssuer({
      iss: iss ?? undefined,
      expectedIssuer: place.metadata?.issuer,
      issParameterSupported: place.metadata?.authorization_response_iss_parameter_supported === true,
    })
    if (error === 'access_denied') throw new ServerFault('You did not let this room use the server, there where one signs in.')
    if (error !== null || code === null) throw new ServerFault('Where one signs in for this server, the sign-in was broken off.')
    const tokens = await exchangeAuthorization(place.server, {
      ...(place.metadata ? { metadata: place.metadata } : {}),
      ...(iss === null ? {} : { iss }),
      ...(resource === null ? {} : { resource }),
      clientInformation: client,
      authorizationCode: code,
      codeVerifier: verifier,
      redirectUri: redirect,
      fetchFn: fetch,
    })
    return grantOf(tokens, { place, client, resource, scope }, now)
  })
}

/** Tells no from not now. */
export class SignInEnded extends ServerFault {}

/** The grant as it goes on. Rejects with SignInEnded when it does not, and with another ServerFault when that is not known. */
export async function renewGrant(web: SignInWeb, grant: Grant, now: number): Promise<Grant> {
  const { place, client, refresh, resource } = grant
  if (refresh === null) throw ended()
  return within(TOKEN_MS, web, async (fetch) => {
    const tokens = await refreshAuthorization(place.server, {
      ...(place.metadata ? { metadata: place.metadata } : {}),
      ...(resource === null ? {} : { resource }),
      clientInformation: client,
      refreshToken: refresh,
      fetchFn: fetch,
    }).catch((cause: unknown) => {
      throw cause instanceof OAuthError && cause.code !== OUT_OF_ORDER ? ended() : cause
    })
    return grantOf(tokens, grant, now)
  })
}

export function ended(): SignInEnded {
  return new SignInEnded('This server lets in only whoever has signed in there, and the sign-in has ended.', 'sign-in')
}

async function within<T>(ms: number, web: SignInWeb, work: (fetch: SignInFetch['fetch']) => Promise<T>): Promise<T> {
  let asked: SignInFetch | null = null
  try {
    return await inTime(ms, [], async (signal) => {
      asked = signInFetch(web, signal)
      return work(asked.fetch)
    })
  } catch (cause) {
    throw signInFault(cause, cause instanceof ServerFault ? null : ((asked as SignInFetch | null)?.fault() ?? null))
  }
}

function grantOf(tokens: OAuthTokens, { place, client, resource, scope }: Pick<Grant, 'place' | 'client' | 'resource' | 'scope'>, now: number): Grant {
  const { access_token: access, refresh_token: refresh, expires_in: seconds, token_type: type } = tokens
  if (type.toLowerCase() !== 'bearer' || !TOKEN.test(access))
    throw new ServerFault('Where one signs in for this server, tokens are of a kind that is not used here.')
  const until = typeof seconds === 'number' && Number.isFinite(seconds) ? now + Math.max(0, seconds) * 1_000 : null
  return { place, client, resource, scope: tokens.scope ?? scope, access, refresh: refresh ?? null, until }
}

function checkAddress(url: string, loopback: boolean): void {
  const read = readOutsideAddress(url, { loopback, plain: false })
  if (!read.ok) throw new ServerFault(`Signing in there leads to an address that is not asked. ${read.fault}`)
}
