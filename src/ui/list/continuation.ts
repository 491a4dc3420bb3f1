// Which messages stand under the name of the one before.
import type { Message } from '../../conversation/message'

/** Longer than this after the one before, a message shows its author and time again, ms. */
const PAUSE = 5 * 60_000

/** Whether `message` goes on from `previous`: same author, soon after, and nothing went wrong in between. */
export function isContinuation(message: Message, previous: Message | undefined): boolean {
  if (!previous || previous.metadata.author.id !== message.metadata.author.id) return false
  if (previous.metadata.author.name !== message.metadata.author.name) return false
  return message.metadata.createdAt - previous.metadata.createdAt < PAUSE
}
