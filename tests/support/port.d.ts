declare module '*/scripts/port.mjs' {
  /** The port, once it can be listened on; any free one for 0. Rejects when it stays taken for a second. */
  export function freePort(wanted: number): Promise<number>
}
