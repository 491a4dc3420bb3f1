// What Parley says of itself where one signs in for a server: registered there, or read there at an address of ours.
import type { OAuthClientMetadata } from '@modelcontextprotocol/client'
import { readOutsideAddress } from '../../../outside/address'

/** Where people come back to, the same for every room and server. */
export const CALLBACK_PATH = '/servers/callback'
/** Where it can be read who we are. */
export const DOCUMENT_PATH = '/client-metadata.json'

export function redirectOf(site: string): string {
  return new URL(CALLBACK_PATH, site).href
}

export function clientMetadata(redirect: string): OAuthClientMetadata {
  return { client_name: 'Parley', redirect_uris: [redirect], grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] }
}

/** The address is the client's id: by it whoever asks for a sign-in is known without being registered. Null where nobody outside can read it. */
export function documentOf(site: string): string | null {
  const read = readOutsideAddress(new URL(DOCUMENT_PATH, site).href, { loopback: false, plain: false })
  return read.ok ? read.url.href : null
}

export function clientDocument(site: string): Readonly<Record<string, unknown>> {
  return {
    client_id: new URL(DOCUMENT_PATH, site).href,
    client_uri: new URL('/', site).href,
    token_endpoint_auth_method: 'none',
    ...clientMetadata(redirectOf(site)),
  }
}
