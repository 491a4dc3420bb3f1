// Keeps posts on their way on this device until the room acknowledges them: through a reload, a closed tab and a crash, and
// in every tab of the same room. Tabs never overwrite each other's, and whoever sends one twice does no harm [L3].
import type { MessageId } from '../../conversation/ids'
import type { Pending, RowKey } from '../../conversation/room-client'
import type { ClientOptions } from './client-options'
import type { ClientState } from './client-state'
import { browserPosts, forgetPosts, forgetStale, idIn, keepPost, postFrom, postKey, postValue, type PostStorage } from './posts-on-device'

/** When a post of another tab is still waiting after this long, that tab may be gone, ms. */
const ADOPT_AFTER = 5_000

type Options = Pick<ClientOptions, 'roomId' | 'viewerId' | 'posts'>

export class StoredOutbox<Row extends RowKey> {
  private readonly options: Options
  private readonly storage: PostStorage | null
  private readonly events: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> | null
  private readonly state: ClientState<Row>
  private readonly sendAll: () => void
  /** What the storage holds, by key. */
  private readonly stored = new Map<string, string>()
  private seen: readonly Pending[] = []
  private stopMirroring: (() => void) | null = null
  private adopting: ReturnType<typeof setTimeout> | undefined

  /** `sendAll` sends every post that waits. */
  constructor(options: Options, state: ClientState<Row>, sendAll: () => void) {
    this.options = options
    this.storage = options.posts === undefined ? browserPosts() : options.posts.storage
    this.events = options.posts === undefined ? browserEvents() : options.posts.events
    this.state = state
    this.sendAll = sendAll
  }

  /** Takes up what an earlier page left, oldest first, and keeps the storage like the list from now on. */
  open(): void {
    const { storage } = this
    if (!storage || this.stopMirroring) return
    forgetStale(storage, this.options.viewerId, Date.now())
    for (const { key, value, post } of this.read(storage)) {
      this.stored.set(key, value)
      this.state.addPending(post)
    }
    this.stopMirroring = this.state.subscribe(() => this.mirror(storage))
    this.mirror(storage)
    this.events?.addEventListener('storage', this.onStorage)
  }

  close(): void {
    this.stopMirroring?.()
    this.stopMirroring = null
    clearTimeout(this.adopting)
    this.events?.removeEventListener('storage', this.onStorage)
  }

  /** Whoever is shut out keeps nothing to say: in this room; or anywhere, when they are signed out. What stands on the screen stays there. */
  forget(everywhere: boolean): void {
    this.close()
    this.stored.clear()
    forgetPosts(this.storage, everywhere ? undefined : this.options.roomId)
  }

  private read(storage: PostStorage): readonly { readonly key: string; readonly value: string; readonly post: Pending }[] {
    return storage
      .keys()
      .flatMap((key) => {
        const value = storage.get(key)
        const post = value === null ? null : this.postFrom(key, value)
        return value === null || post === null ? [] : [{ key, value, post }]
      })
      .sort((a, b) => a.post.createdAt - b.post.createdAt)
  }

  private mirror(storage: PostStorage): void {
    const { pending } = this.state.get()
    if (pending === this.seen) return
    this.seen = pending
    const posts = new Map(pending.map((post) => [postKey(this.options.roomId, this.options.viewerId, post), post]))
    for (const key of this.stored.keys()) {
      if (posts.has(key)) continue
      this.stored.delete(key)
      storage.remove(key)
    }
    const unkept = new Set<MessageId>()
    for (const [key, post] of posts) if (!this.write(storage, key, postValue(post))) unkept.add(post.id)
    this.state.markUnkept(unkept)
  }

  private write(storage: PostStorage, key: string, value: string): boolean {
    if (this.stored.get(key) === value) return true
    const isKept = keepPost(storage, key, value)
    if (isKept) this.stored.set(key, value)
    else this.stored.delete(key)
    return isKept
  }

  /** Another tab wrote, or heard from the room. */
  private readonly onStorage = (event: Event): void => {
    const { key, newValue } = event as StorageEvent
    if (!key) return
    if (newValue === null) {
      const gone = idIn(this.options.roomId, this.options.viewerId, key)
      this.stored.delete(key)
      return this.state.dropPending(({ id }) => id === gone?.id)
    }
    const post = this.postFrom(key, newValue)
    if (!post) return
    this.stored.set(key, newValue)
    this.state.addPending(post)
    if (post.refusal) return
    clearTimeout(this.adopting)
    this.adopting = setTimeout(this.sendAll, ADOPT_AFTER)
  }

  private postFrom(key: string, value: string): Pending | null {
    return postFrom(this.options.roomId, this.options.viewerId, key, value)
  }
}

/** Where `storage` events arrive in a browser. */
function browserEvents(): Pick<EventTarget, 'addEventListener' | 'removeEventListener'> | null {
  return typeof document === 'undefined' ? null : globalThis
}
