declare module '*/scripts/serve.mjs' {
  /** What the way out for chosen addresses may reach. */
  export function outside(loopback: boolean): { allow: string[]; deny: string[]; tlsOptions: { trustBrowserCas: boolean } }
}
