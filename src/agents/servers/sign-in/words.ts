// Why nobody could sign in for a server, in words of ours. Invariant: nothing that a server or an answer said is in them, but codes that we know.
import { IssuerMismatchError, OAuthError, RegistrationRejectedError } from '@modelcontextprotocol/client'
import { ServerFault } from '../server-fault'
import { OUT_OF_ORDER } from './sign-in-fetch'

export const NO_CLIENT =
  'Where one signs in for this server, Parley is not taken as a new client. Whoever runs it may give you a client ID: remove the server, and add it again with that.'
export const FOREIGN_RESOURCE = 'What says how to sign in for this server is about another server. Nobody is sent there.'
export const NO_PROOF = 'Where one signs in for this server, codes are not bound to whoever asks for them (PKCE with S256). Nobody is sent there.'
const FOREIGN_METADATA = 'What says how to sign in for this server names another place than it comes from. Nobody is sent there.'
const FOREIGN_ANSWER = 'This answer does not come from where the sign-in was begun. It was not used.'
const NOT_NOW = 'Where one signs in for this server does not work just now. Try again in a moment.'
export const UNKNOWN_WAY = 'This server does not say how one signs in there, or says it in a way that is not understood. It may want a token instead.'

/** `first`: what went wrong before, if anything. */
export function signInFault(cause: unknown, first: ServerFault | null): ServerFault {
  if (first) return first
  if (cause instanceof ServerFault) return cause
  if (cause instanceof IssuerMismatchError) return new ServerFault(cause.kind === 'metadata' ? FOREIGN_METADATA : FOREIGN_ANSWER)
  if (cause instanceof RegistrationRejectedError) return new ServerFault(NO_CLIENT)
  if (cause instanceof OAuthError && cause.code === OUT_OF_ORDER) return new ServerFault(NOT_NOW)
  if (cause instanceof OAuthError) return new ServerFault(`Where one signs in for this server, that was refused (${cause.code}).`)
  return new ServerFault(UNKNOWN_WAY)
}
