// A reply while it is being written: its message so far, and how each chunk from the model changes it.
import type { RoomEvent } from '../../conversation/event'
import type { Message, Part } from '../../conversation/message'
import type { AnswerChunk } from '../../models/answer'

type Growing = 'text' | 'reasoning'

export class OpenReply {
  readonly abort = new AbortController()
  /** Whether anything was said that the row does not hold yet. */
  unsaved = false
  savedAt: number
  /** Nothing was heard yet: a continued reply goes on in the text it broke off in. */
  private fresh = true
  /** The next words begin a part of their own. */
  private begins = false

  message: Message

  constructor(message: Message, now: number) {
    this.message = message
    this.savedAt = now
  }

  /** Takes in one chunk; answers what the room must be told. */
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
      case 'done':
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
    if (this.begins || part?.type !== type) return this.addPart({ type, text })
    const index = this.message.parts.length - 1
    this.setPart(index, { ...part, text: part.text + text })
    return [{ type: 'delta', id: this.message.id, index, offset: part.text.length, text }]
  }

  private setTool(part: Extract<Part, { type: 'dynamic-tool' }>): readonly RoomEvent[] {
    this.fresh = false
    const index = this.message.parts.findIndex((known) => known.type === 'dynamic-tool' && known.toolCallId === part.toolCallId)
    if (index < 0) return this.addPart(part)
    this.setPart(index, part)
    return [{ type: 'part', id: this.message.id, index, part }]
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
