// A provider that answers with another address. Nobody has sent a conversation there, so it is not asked.
import { APICallError } from '@ai-sdk/provider'

/** Some engines show a redirect as it is, others hide its status. */
export function isElsewhere({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400)
}

/** Where it would have led is for whoever runs this, without the query, which may hold what nobody should read. */
export function elsewhere({ status, headers }: Response, url: string): APICallError {
  const place = URL.parse(headers.get('location') ?? '', url)
  const responseBody = place ? `another address: ${place.origin}${place.pathname}` : 'another address'
  return new APICallError({
    message: 'Another address.',
    url,
    requestBodyValues: {},
    statusCode: status === 0 ? 302 : status,
    responseBody,
    isRetryable: false,
  })
}
