// How a member's words stand in a prompt: under a line that says which message it is and who speaks. Nobody can write
// such a line for another: inside a message it is indented, and a name holds no line break.

export interface Spoken {
  /** The message's seq. */
  readonly seq: number
  readonly kind: 'person' | 'agent'
  readonly name: string
  readonly text: string
}

const HEADER = /^\[#(\d+) (person|agent) (.*)\]$/gm

/** Asks a model to go on with its reply, which is the turn before this one. */
export const CONTINUE = '[Your reply above broke off. Go on exactly where it stops. Repeat nothing and do not mention the break.]'

/** One message as a prompt shows it. */
export function spoken({ seq, kind, name, text }: Spoken): string {
  return `[#${seq} ${kind} ${name.replace(/\s+/g, ' ')}]\n${text.replace(/^\[#/gm, ' [#')}`
}

/** What `spoken` wrote, read again; one turn may hold several messages. Text under no header is left out. */
export function heard(turn: string): readonly Spoken[] {
  const headers = [...turn.matchAll(HEADER)]
  return headers.map((header, at) => ({
    seq: Number(header[1]),
    kind: header[2] === 'agent' ? 'agent' : 'person',
    name: header[3] ?? '',
    text: turn.slice(header.index + header[0].length, headers[at + 1]?.index).trim(),
  }))
}
