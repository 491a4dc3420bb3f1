// Something that keeps Parley from starting, in one sentence for the person who started it.
export class Failure extends Error {}

/** Ends the process with that sentence, or with everything there is to know when it is a bug. */
export function fail(error) {
  console.error(error instanceof Failure ? `\n${error.message}` : error)
  process.exit(1)
}
