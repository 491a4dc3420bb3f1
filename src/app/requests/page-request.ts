// RedwoodSDK takes every address that has /assets/ anywhere for a file, the query included, and answers it past all that is
// asked of a request here. Files are under /assets/ only, and have been answered before.

/** The same request for a page: the slash before `assets` is written as %2F. */
export function pageRequest(request: Request): Request {
  const url = new URL(request.url)
  if (!`${url.pathname}${url.search}`.includes('/assets/')) return request
  url.pathname = url.pathname.replaceAll('/assets', '%2Fassets')
  url.search = url.search.replaceAll('/assets', '%2Fassets')
  return new Request(url, request)
}
