// RedwoodSDK takes every address that has /assets/ anywhere for a file, the query included.

/** The same request for a page: in its query, the slash before `assets` is written as %2F. */
export function pageRequest(request: Request): Request {
  const url = new URL(request.url)
  if (!url.search.includes('/assets/')) return request
  url.search = url.search.replaceAll('/assets', '%2Fassets')
  return new Request(url, request)
}
