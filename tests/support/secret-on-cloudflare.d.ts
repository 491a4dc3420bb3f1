declare module '*/scripts/secret-on-cloudflare.mjs' {
  interface Answer {
    readonly status: number | null
    readonly stdout: string
  }

  /** Makes the deployed worker's key unless it has one. Throws, and changes nothing, when wrangler refuses. */
  export function giveSecret(wrangler: (args: readonly string[], input?: string) => Answer): string | null
}
