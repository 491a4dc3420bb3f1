// Posts on their way, kept on this device until the room acknowledges them: through a reload, without a network, and in
// every tab of the same room. One key per post, so that tabs never overwrite each other's.
import { isMessageId, type MemberId, type RoomId } from '../../conversation/ids'
import type { Pending, RowKey } from '../../conversation/room-client'
import type { ClientState } from '../client/client-state'

export type OutboxStorage = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>

/** When a post of another tab is still waiting after this long, that tab may be gone, ms. */
const ADOPT_AFTER = 5_000

export interface StoredOutboxOptions {
  readonly storage: OutboxStorage | null
  readonly roomId: RoomId
  readonly viewerId: MemberId
  /** Where `storage` events arrive: the window, in a browser. */
  readonly events: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> | null
}

export class StoredOutbox<Row extends RowKey> {
  private readonly options: StoredOutboxOptions
  private readonly prefix: string
  private readonly state: ClientState<Row>
  private readonly sendAll: () => void
  /** What the storage holds, by key. */
  private readonly stored = new Map<string, string>()
  private seen: readonly Pending[] = []
  private stopMirroring: (() => void) | null = null
  private adopting: ReturnType<typeof setTimeout> | undefined

  /** `sendAll` sends every post that waits. */
  constructor(options: StoredOutboxOptions, state: ClientState<Row>, sendAll: () => void) {
    this.options = options
    this.prefix = `parley:outbox:${options.roomId}:${options.viewerId}:`
    this.state = state
    this.sendAll = sendAll
  }

  /** Takes up what an earlier page left, oldest first, and keeps the storage like the list from now on. */
  open(): void {
    if (!this.options.storage || this.stopMirroring) return
    for (const { key, value, post } of this.read()) {
      this.stored.set(key, value)
      this.state.addPending(post)
    }
    this.stopMirroring = this.state.subscribe(this.mirror)
    this.mirror()
    this.options.events?.addEventListener('storage', this.onStorage)
  }

  close(): void {
    this.stopMirroring?.()
    this.stopMirroring = null
    clearTimeout(this.adopting)
    this.options.events?.removeEventListener('storage', this.onStorage)
  }

  private read(): readonly { readonly key: string; readonly value: string; readonly post: Pending }[] {
    const { storage } = this.options
    if (!storage) return []
    return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
      .flatMap((key) => {
        const value = storage.getItem(key)
        const post = value === null ? null : this.parse(key, value)
        return value === null || post === null ? [] : [{ key, value, post }]
      })
      .sort((a, b) => a.post.createdAt - b.post.createdAt)
  }

  private readonly mirror = (): void => {
    const { pending } = this.state.get()
    if (pending === this.seen) return
    this.seen = pending
    const posts = new Map(pending.map((post) => [this.keyOf(post), valueOf(post)]))
    for (const key of this.stored.keys()) if (!posts.has(key)) this.remove(key)
    for (const [key, value] of posts) if (this.stored.get(key) !== value) this.write(key, value)
  }

  /** Another tab wrote, or heard from the room. */
  private readonly onStorage = (event: Event): void => {
    const { key, newValue } = event as StorageEvent
    const post = key?.startsWith(this.prefix) ? this.parse(key, newValue ?? '{}') : null
    if (!key || !post) return
    if (newValue === null) {
      this.stored.delete(key)
      return this.state.dropPending(({ id }) => id === post.id)
    }
    this.stored.set(key, newValue)
    this.state.addPending(post)
    if (post.refusal) return this.state.refusePending(post.id, post.refusal)
    clearTimeout(this.adopting)
    this.adopting = setTimeout(this.sendAll, ADOPT_AFTER)
  }

  private keyOf({ createdAt, id }: Pending): string {
    return `${this.prefix}${createdAt}:${id}`
  }

  private parse(key: string, value: string): Pending | null {
    if (!key.startsWith(this.prefix)) return null
    const [createdAt, id] = key.slice(this.prefix.length).split(':')
    if (!isMessageId(id)) return null
    const { text, refusal } = JSON.parse(value) as Partial<Pick<Pending, 'text' | 'refusal'>>
    return { id, createdAt: Number(createdAt), text: text ?? '', ...(refusal ? { refusal } : {}) }
  }

  private write(key: string, value: string): void {
    this.stored.set(key, value)
    try {
      this.options.storage?.setItem(key, value)
    } catch {
      // The storage is full or forbidden: the post is still sent, it only would not survive a reload.
    }
  }

  private remove(key: string): void {
    this.stored.delete(key)
    this.options.storage?.removeItem(key)
  }
}

function valueOf({ text, refusal }: Pending): string {
  return JSON.stringify(refusal ? { text, refusal } : { text })
}

/** Null outside a browser, and where it is forbidden. */
export function browserStorage(): OutboxStorage | null {
  try {
    return typeof document === 'undefined' ? null : localStorage
  } catch {
    return null
  }
}

export function browserEvents(): StoredOutboxOptions['events'] {
  return typeof document === 'undefined' ? null : globalThis
}
