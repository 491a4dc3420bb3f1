/** The value that a frame's JSON says; undefined when it is not JSON (which no JSON says). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
