// What one lane costs the browser that shows it: a WebSocket that counts what it receives and times what that sets off.
// A client that is given none pays nothing.

export interface Counts {
  /** Frames received. */
  readonly frames: number
  /** Their payloads, bytes; text counts as the UTF-8 it travelled as. */
  readonly bytes: number
  /** Script that ran because of them, ms: reading a frame and everything it set off before the browser's next task. */
  readonly work: number
}

export class Meter {
  private received: Counts = NOTHING
  private readonly listeners = new Set<() => void>()

  get counts(): Counts {
    return this.received
  }

  /** Calls `listener` after each frame has been dealt with; answers how to stop. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  reset(): void {
    this.received = NOTHING
  }

  /** A socket class whose sockets all count here. */
  socketClass(Base: typeof WebSocket = WebSocket): typeof WebSocket {
    const count = (frame: unknown) => this.count(frame)
    const worked = (ms: number) => this.worked(ms)
    return class MeteredSocket extends Base {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        let began = 0
        this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
          count(data)
          began = performance.now()
        })
        // Ours are the first and the last listener, because whoever made this socket adds theirs before the microtask runs.
        // Between two listeners a browser empties its microtask queue: in there React draws what the frame changed.
        queueMicrotask(() => this.addEventListener('message', () => worked(performance.now() - began)))
      }
    }
  }

  private count(frame: unknown): void {
    const { frames, bytes, work } = this.received
    this.received = { frames: frames + 1, bytes: bytes + bytesIn(frame), work }
  }

  private worked(ms: number): void {
    this.received = { ...this.received, work: this.received.work + ms }
    for (const listener of this.listeners) listener()
  }
}

const NOTHING: Counts = { frames: 0, bytes: 0, work: 0 }

const encoder = new TextEncoder()

/** How many bytes a text is in UTF-8. */
export function utf8Length(text: string): number {
  return encoder.encode(text).byteLength
}

function bytesIn(frame: unknown): number {
  if (typeof frame === 'string') return utf8Length(frame)
  if (frame instanceof ArrayBuffer) return frame.byteLength
  return frame instanceof Blob ? frame.size : 0
}
