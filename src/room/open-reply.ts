// A reply while it is being written: its message so far, and how each chunk from the model changes it.
import type { RoomEvent } from '../conversation/event'
import type { Message, Part } from '../conversation/message'
import type { AnswerChunk } from '../models/answer'

type Growing = 'text' | 'reasoning'

export class OpenReply {
  readonly abort = new AbortController()
  /** Whether anything was said that the row does not hold yet. */
  unsaved = false
  savedAt: number
  private fresh = true

  message: Message

  constructor(message: Message, now: number) {
    this.message = message
    this.savedAt = now
  }

  /** Takes in one chunk; answers what the room must be told. */
  take(chunk: AnswerChunk): readonly RoomEvent[] {
    switch (chunk.type) {
      case 'text-start':
        return this.open('text')
      case 'reasoning-start':
        return this.open('reasoning')
      case 'text':
        return this.grow('text', chunk.text)
      case 'reasoning':
        return this.grow('reasoning', chunk.text)
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

  /** A continued reply goes on in the text it broke off in; every other start is a new part. */
  private open(type: Growing): readonly RoomEvent[] {
    const last = this.message.parts.at(-1)
    const goesOn = this.fresh && last?.type === type
    this.fresh = false
    return goesOn ? [] : this.addPart({ type, text: '' })
  }

  private grow(type: Growing, text: string): readonly RoomEvent[] {
    if (text === '') return []
    const opened = this.message.parts.at(-1)?.type === type ? [] : this.open(type)
    const index = this.message.parts.length - 1
    const part = this.message.parts[index]
    if (part?.type !== type) throw new Error(`a ${type} part is not open`)
    this.setPart(index, { ...part, text: part.text + text })
    return [...opened, { type: 'delta', id: this.message.id, index, offset: part.text.length, text }]
  }

  private setTool(part: Extract<Part, { type: 'dynamic-tool' }>): readonly RoomEvent[] {
    this.fresh = false
    const index = this.message.parts.findIndex((known) => known.type === 'dynamic-tool' && known.toolCallId === part.toolCallId)
    if (index < 0) return this.addPart(part)
    this.setPart(index, part)
    return [{ type: 'part', id: this.message.id, index, part }]
  }

  private addPart(part: Part): readonly RoomEvent[] {
    this.message = { ...this.message, parts: [...this.message.parts, part] }
    this.unsaved = true
    return [{ type: 'part', id: this.message.id, index: this.message.parts.length - 1, part }]
  }

  private setPart(index: number, part: Part): void {
    this.message = { ...this.message, parts: this.message.parts.with(index, part) }
    this.unsaved = true
  }
}
