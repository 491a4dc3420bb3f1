// RedwoodSDK takes every address that has /assets/ anywhere for a file, the query included, and answers it past all that is
// asked of a request here. Files are under /assets/ only, and have been answered before.

/** What an address has of a file's; the slash after it may begin the next. */
const FILES = /\/assets(?=\/)/g

/** The same request for a page: the slash before `assets` is written as %2F. */
export function pageRequest(request: Request): Request {
  const url = new URL(request.url)
  const { pathname, search } = url
  if (!`${pathname}${search}`.includes('/assets/')) return request
  url.pathname = pathname.replace(FILES, '%2Fassets')
  url.search = search.replace(FILES, '%2Fassets')
  return new Request(url, request)
}
