// What changes on a message after it was said, told without the message. Invariant: a message is two things that change apart,
// what was said (`version`) and what was amended (`amended.version`); of each the newer wins, in whatever order they come.
import type { Message, MessageMetadata } from './message'

/** Values by name; plain data. A name that a client does not know is kept and ignored. */
export type Amendments = Readonly<Record<string, unknown>>

export interface Amended {
  /** The room's clock when anything was last amended; 0 for what was there from the beginning. */
  readonly version: number
  readonly values: Amendments
}

/** The message with this change. Null takes a name away. The same message when it was amended later already. */
export function amend<M extends Pick<Message, 'metadata'>>(message: M, version: number, change: Amendments): M {
  if (amendedVersion(message.metadata) >= version) return message
  return { ...message, metadata: { ...message.metadata, amended: { version, values: changed(message.metadata.amended?.values ?? {}, change) } } }
}

/** These values after a change. */
export function changed(values: Amendments, change: Amendments): Amendments {
  return Object.fromEntries(Object.entries({ ...values, ...change }).filter(([, value]) => value !== null))
}

/** The message with the other's amendments, where those are the newer; else the same message. */
export function withNewerAmendments(message: Message, { metadata: { amended } }: Pick<Message, 'metadata'>): Message {
  return amended && amended.version > amendedVersion(message.metadata) ? { ...message, metadata: { ...message.metadata, amended } } : message
}

/** 0 for a message that never was. */
export function amendedVersion({ amended }: Pick<MessageMetadata, 'amended'>): number {
  return amended?.version ?? 0
}

/** When anything about a message last changed but growth. */
export function lastChange(metadata: Pick<MessageMetadata, 'version' | 'amended'>): number {
  return Math.max(metadata.version, amendedVersion(metadata))
}
