// A reply while it is being written: its message so far, and how each chunk from the model changes it.
import type { RoomEvent } from '../../conversation/event'
import type { Message, Part } from '../../conversation/message'
import type { AnswerChunk } from '../../models/answer'
import { beginningOf, LONGEST_REPLY, MOST_PARTS, sizeOf, sizeOfText } from './reply-limit'

type Growing = 'text' | 'reasoning'

export class OpenReply {
  readonly abort = new AbortController()
  /** Whether anything was said that the row does not hold yet. */
  unsaved = false
  savedAt: number
  /** Nothing was heard yet: a continued reply goes on in the text it broke off in. */
  private fresh = true
  /** What it may still take where it is kept, in bytes. */
  private left: number
  /** More was said than is kept of any reply. */
  isFull = false
  /** The next words begin a part of their own. */
  private begins = false

  message: Message

  constructor(message: Message, now: number) {
    this.message = message
    this.savedAt = now
    this.left = message.parts.reduce((left, part) => left - sizeOf(part), LONGEST_REPLY)
  }

  /** Takes in one chunk, as far as it fits; answers what the room must be told. */
  take(chunk: AnswerChunk): readonly RoomEvent[] {
    switch (chunk.type) {
      case 'text-start':
      case 'reasoning-start':
        this.begins = !this.fresh
        this.fresh = false
        return []
      case 'text':
      case 'reasoning':
        return this.grow(chunk.type, chunk.text)
      case 'tool':
        return this.setTool(chunk.part)
      case 'asking':
      case 'done':
      case 'limited':
      case 'failed':
      case 'aborted':
        return []
      default:
        return chunk satisfies never
    }
  }

  /** A part begins with its first words: so they leave with the same tick. */
  private grow(type: Growing, text: string): readonly RoomEvent[] {
    if (text === '') return []
    this.fresh = false
    const part = this.message.parts.at(-1)
    const appears = this.begins || part?.type !== type
    if (appears && !this.hasPlace()) return []
    const fitting = this.fit(text, appears ? sizeOf({ type, text: '' }) : 0)
    if (fitting === '') return []
    if (appears) return this.addPart({ type, text: fitting })
    const index = this.message.parts.length - 1
    this.setPart(index, { ...part, text: part.text + fitting })
    return [{ type: 'delta', id: this.message.id, index, offset: part.text.length, text: fitting }]
  }

  /** Puts calls as they are now into their places, however much room that takes: a few words each. */
  replace(parts: readonly Part[]): readonly RoomEvent[] {
    const { id, parts: before } = this.message
    if (parts === before) return []
    this.message = { ...this.message, parts }
    return parts.flatMap((part, index) => (part === before[index] ? [] : [{ type: 'part' as const, id, index, part }]))
  }

  private setTool(part: Extract<Part, { type: 'dynamic-tool' }>): readonly RoomEvent[] {
    this.fresh = false
    const index = this.message.parts.findIndex((known) => known.type === 'dynamic-tool' && known.toolCallId === part.toolCallId)
    const known = this.message.parts[index]
    if (!known && !this.hasPlace()) return []
    const size = sizeOf(part) - (known ? sizeOf(known) : 0)
    if (size > this.left) {
      this.isFull = true
      return []
    }
    this.left -= size
    if (!known) return this.addPart(part)
    this.setPart(index, part)
    return [{ type: 'part', id: this.message.id, index, part }]
  }

  /** Whether one more part is kept; when not, the reply is full. */
  private hasPlace(): boolean {
    if (this.message.parts.length >= MOST_PARTS) this.isFull = true
    return !this.isFull
  }

  /** As much of the text as is kept, beside `around`. */
  private fit(text: string, around: number): string {
    const size = around + sizeOfText(text)
    if (size <= this.left) {
      this.left -= size
      return text
    }
    this.isFull = true
    return beginningOf(text, this.left - around)
  }

  private addPart(part: Part): readonly RoomEvent[] {
    this.begins = false
    this.message = { ...this.message, parts: [...this.message.parts, part] }
    this.unsaved = true
    return [{ type: 'part', id: this.message.id, index: this.message.parts.length - 1, part }]
  }

  private setPart(index: number, part: Part): void {
    this.message = { ...this.message, parts: this.message.parts.with(index, part) }
    this.unsaved = true
  }
}
