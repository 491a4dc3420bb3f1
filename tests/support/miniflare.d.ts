declare module '*/scripts/miniflare.mjs' {
  /** Miniflare, with direct sockets that believe no client. */
  export function loadMiniflare(): Promise<typeof import('miniflare')>
}
