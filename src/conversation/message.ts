// A message is an AI SDK UIMessage; who said it, its place in the room and its state are in its metadata.
import type { DynamicToolUIPart, ReasoningUIPart, TextUIPart, UIMessage } from 'ai'
import type { Amended } from './amendment'
import type { MemberId, MessageId } from './ids'
import type { Member } from './member'

/**
 * pending: a person's post that the room has not acknowledged (only ever seen by its author). waiting: a reply that was asked for
 * and has not begun; it may hold what was said before, where it is to go on.
 * asking: people have to approve what it called before it goes on; nothing happens to it meanwhile.
 * streaming: an agent is writing it. complete, stopped, interrupted, failed: final, though the last three may be retried.
 */
export type MessageStatus = 'pending' | 'waiting' | 'asking' | 'streaming' | 'complete' | 'stopped' | 'interrupted' | 'failed'

/** What a message says: text, an agent's reasoning, or its use of a tool. */
export type Part = TextUIPart | ReasoningUIPart | DynamicToolUIPart

/** Why a turn failed, in words for the people in the room. */
export interface Failure {
  readonly code:
    | 'unauthorized'
    | 'rate_limited'
    | 'provider'
    | 'unreachable'
    | 'silent'
    | 'cut_off'
    | 'malformed'
    | 'empty'
    | 'configuration'
    | 'limit'
    | 'budget'
    /** Of a complete reply: something in it is missing. */
    | 'gap'
  readonly text: string
  /** Cut off with room for more: whoever reads it may ask for the rest. */
  readonly goesOn?: true
  /** When the provider will answer again, as it says: server time, ms since 1970. */
  readonly retryAt?: number
}

export interface MessageMetadata {
  /** The message's place in its room: 1, 2, 3 … without gaps. */
  readonly seq: number
  /** The room's clock when this message last changed, other than by growing or being amended. */
  readonly version: number
  /** The author as named when they spoke. */
  readonly author: Member
  readonly status: MessageStatus
  /** Server time, ms since 1970. */
  readonly createdAt: number
  /** For a reply: the message that it answers. */
  readonly replyTo?: MessageId
  /** For a reply: who asked for it last, when that was not the author of the message that it answers. */
  readonly askedBy?: MemberId
  /** For a reply that was asked for again: when that was, server time, ms since 1970. Else it was begun when it was created. */
  readonly startedAt?: number
  readonly failure?: Failure
  /** What changed about it after it was said. */
  readonly amended?: Amended
}

export interface Message extends Omit<UIMessage<MessageMetadata>, 'id' | 'parts' | 'metadata'> {
  readonly id: MessageId
  readonly role: 'user' | 'assistant'
  readonly metadata: MessageMetadata
  readonly parts: readonly Part[]
}

/** The longest message a person may post, in characters (UTF-16 units, as `maxlength` counts). */
export const MAX_MESSAGE_LENGTH = 32_000

/** The longest frame a client may send, in characters or, when binary, bytes. Any message fits whose text is not mostly control characters. */
export const MAX_FRAME_LENGTH = 64 * 1024

/** The longest that anything but a post may be, in characters: only a post carries somebody's words. */
export const MAX_QUESTION_LENGTH = 4 * 1024

/** All that a message says in text, its parts joined; reasoning and tools left out. */
export function textOf(message: Pick<Message, 'parts'>): string {
  return message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n')
}

/** A person's words, and who is mentioned in them: every @ with its name, as typed, of somebody who was in the room then. */
export function textPart(text: string, mentions: readonly string[]): TextUIPart {
  return mentions.length === 0 ? { type: 'text', text } : { type: 'text', text, providerMetadata: { parley: { mentions: [...mentions] } } }
}

/** The mentions in a message's text, as they were typed. None in what was said before there was a record of them. */
export function mentionsOf({ parts }: Pick<Message, 'parts'>): readonly string[] {
  const [first] = parts
  const mentions = first?.type === 'text' ? first.providerMetadata?.['parley']?.['mentions'] : undefined
  return Array.isArray(mentions) ? mentions.filter((mention) => typeof mention === 'string') : NO_MENTIONS
}

const NO_MENTIONS: readonly string[] = []

/** Whether more of a reply may be asked for: it was cut off at a limit, and there is room for more. */
export function isContinuable({ status, failure }: Pick<MessageMetadata, 'status' | 'failure'>): boolean {
  return status === 'stopped' && failure?.code === 'limit' && failure.goesOn === true
}

/** Whether a reply in this state will say more by itself, or when people let it: it may be stopped. */
export function isUnfinished(status: MessageStatus): boolean {
  return status === 'streaming' || status === 'waiting' || status === 'asking'
}

/** Whether a reply in this state can be asked for again. */
export function isRetryable(status: MessageStatus): boolean {
  return status === 'failed' || status === 'interrupted' || status === 'stopped'
}

/** What shows nothing, alone or in any number: white space, what Unicode lets a screen ignore, and the empty Braille pattern. */
const UNSEEN = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]*$/u

/** Whether nobody would see anything of this text. */
export function isBlank(text: string): boolean {
  return UNSEEN.test(text)
}

/** A text as it is sent: without empty lines before it and white space behind it. The indentation of its first line is its author's. */
export function withoutEmptyEnds(text: string): string {
  return text.slice(/^(?:\s*\n)?/.exec(text)?.[0].length).trimEnd()
}
