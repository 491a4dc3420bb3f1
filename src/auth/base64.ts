// Bytes as text that may stand in an address. Imports nothing, because the scripts that print links read this file too.

/** More than anything of ours is, in characters. */
const LONGEST = 4_000

export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Null for what is none of it. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (text === '' || text.length > LONGEST || !/^[A-Za-z0-9_-]+$/.test(text)) return null
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
