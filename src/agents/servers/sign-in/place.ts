// Where one signs in for a server, as discovery found it, cut to what is needed until the sign-in ends.
import type { AuthorizationServerMetadata, OAuthDiscoveryState } from '@modelcontextprotocol/client'

export interface Place {
  /** The authorization server. */
  readonly server: string
  /** What it says of itself; null where it says nothing, and has everything at the usual addresses. */
  readonly metadata: AuthorizationServerMetadata | null
}

const KEPT = [
  'issuer',
  'authorization_endpoint',
  'token_endpoint',
  'registration_endpoint',
  'response_types_supported',
  'code_challenge_methods_supported',
  'token_endpoint_auth_methods_supported',
  'authorization_response_iss_parameter_supported',
  'client_id_metadata_document_supported',
] as const

export function placeOf({ authorizationServerUrl, authorizationServerMetadata: metadata }: OAuthDiscoveryState): Place {
  if (!metadata) return { server: authorizationServerUrl, metadata: null }
  // The client has read it by its schema: a part of it is as good.
  const kept = Object.fromEntries(KEPT.flatMap((name) => (metadata[name] === undefined ? [] : [[name, metadata[name]]])))
  return { server: authorizationServerUrl, metadata: kept as AuthorizationServerMetadata }
}
