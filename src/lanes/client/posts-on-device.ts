// Where a browser keeps posts that are on their way: one key per post, in the storage that all its tabs share. Nothing here
// ever throws: a storage that is switched off or full keeps nothing, and says so.
import { isMessageId, type MemberId, type MessageId, type RoomId } from '../../conversation/ids'
import { MAX_MESSAGE_LENGTH } from '../../conversation/message'
import type { Refusal } from '../../conversation/refusal'
import type { Pending } from '../../conversation/room-client'
import { keep, keysKept, kept, removeKept } from '../../ui/basics/storage'

export interface PostStorage {
  keys(): readonly string[]
  get(key: string): string | null
  /** Whether it is kept now. */
  set(key: string, value: string): boolean
  remove(key: string): void
}

/** Of all rooms together, at most: what is written beyond is sent like any other, and would not survive a reload. Fewer than a person may say at once. */
export const MOST_POSTS = 80
/** Of all rooms together, in characters: a browser gives a site some five million. */
export const MOST_CHARACTERS = 1_000_000
/** Older ones are of a room that is gone, or that nobody comes back to, ms. */
const FORGOTTEN_AFTER = 30 * 24 * 60 * 60 * 1_000

const PREFIX = 'parley:outbox:'

/** The storage of this browser; null outside of one. */
export function browserPosts(): PostStorage | null {
  if (typeof document === 'undefined') return null
  return {
    keys: () => keysKept('local'),
    get: (key) => kept('local', key),
    set: (key, value) => keep('local', key, value),
    remove: (key) => removeKept('local', key),
  }
}

/** The place of a post: nobody else's key begins like this, so that nothing is ever said in another name. */
export function postKey(roomId: RoomId, viewerId: MemberId, { createdAt, id }: Pick<Pending, 'createdAt' | 'id'>): string {
  return `${PREFIX}${roomId}:${viewerId}:${createdAt}:${id}`
}

export function postValue({ text, replyTo, when, refusal, refusedAt }: Pending): string {
  return JSON.stringify({ text, ...(replyTo ? { replyTo } : {}), ...(when ? { when } : {}), ...(refusal ? { refusal, refusedAt } : {}) })
}

/** The post of this viewer in this room that is kept under a key; null when it is another's, or not whole. */
export function postFrom(roomId: RoomId, viewerId: MemberId, key: string, value: string): Pending | null {
  const named = idIn(roomId, viewerId, key)
  if (!named) return null
  const { text, replyTo, when, refusal, refusedAt } = read(value)
  if (typeof text !== 'string' || text === '' || text.length > 2 * MAX_MESSAGE_LENGTH) return null
  const post: Pending = { ...named, text, ...(isMessageId(replyTo) ? { replyTo } : {}), ...(when === 'after' || when === 'now' ? { when } : {}) }
  if (!isRefusal(refusal)) return post
  return { ...post, refusal, ...(typeof refusedAt === 'number' ? { refusedAt } : {}) }
}

/** Which post of this viewer in this room a key is of; null for any other. */
export function idIn(roomId: RoomId, viewerId: MemberId, key: string): { readonly id: MessageId; readonly createdAt: number } | null {
  const prefix = `${PREFIX}${roomId}:${viewerId}:`
  if (!key.startsWith(prefix)) return null
  const [at, id] = key.slice(prefix.length).split(':')
  const createdAt = Number(at)
  return isMessageId(id) && Number.isFinite(createdAt) ? { id, createdAt } : null
}

/** Keeps one, unless there is too much already. Whether it is kept. */
export function keepPost(storage: PostStorage, key: string, value: string): boolean {
  const others = storage.keys().filter((other) => other.startsWith(PREFIX) && other !== key)
  const characters = others.reduce((sum, other) => sum + (storage.get(other)?.length ?? 0), value.length)
  if (others.length < MOST_POSTS && characters <= MOST_CHARACTERS && storage.set(key, value)) return true
  storage.remove(key)
  return false
}

/** Forgets what others who used this browser left, and what is too old. */
export function forgetStale(storage: PostStorage, viewerId: MemberId, now: number): void {
  for (const key of storage.keys()) {
    if (!key.startsWith(PREFIX)) continue
    const [, viewer, createdAt] = key.slice(PREFIX.length).split(':')
    if (viewer !== viewerId || !(Number(createdAt) > now - FORGOTTEN_AFTER)) storage.remove(key)
  }
}

/** Forgets all posts in this browser; or those of one room. */
export function forgetPosts(storage: PostStorage | null, roomId?: RoomId): void {
  const prefix = roomId === undefined ? PREFIX : `${PREFIX}${roomId}:`
  for (const key of storage?.keys() ?? []) if (key.startsWith(prefix)) storage?.remove(key)
}

function read(value: string): {
  readonly text?: unknown
  readonly replyTo?: unknown
  readonly when?: unknown
  readonly refusal?: unknown
  readonly refusedAt?: unknown
} {
  try {
    const found = JSON.parse(value) as unknown
    return typeof found === 'object' && found !== null ? found : {}
  } catch {
    return {}
  }
}

function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value && typeof value.message === 'string'
}
