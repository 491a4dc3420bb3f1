// Which codes a socket may be closed with. Some are only ever heard (1005, 1006, 1015), some belong to nobody: saying one throws.

/** Whether what a client closed with may be answered in kind. */
export function maySayClose(code: number): boolean {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999)
}
