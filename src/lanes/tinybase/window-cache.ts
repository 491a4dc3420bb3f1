// The window on this device, so that a room opens with what was last seen of it. Kept per viewer: nobody is ever shown
// what somebody else saw on the same machine.
import type { MemberId, RoomId } from '../../conversation/ids'
import type { Page } from '../../conversation/page'
import type { RoomRecord } from '../../conversation/record'
import { ifHad } from '../../ui/basics/browser'

export interface CachedWindow extends Page {
  readonly version: number
  readonly records: readonly RoomRecord[]
}

export interface WindowCache {
  load(): Promise<CachedWindow | null>
  /** Null forgets it. */
  save(window: CachedWindow | null): Promise<void>
}

/** Raise when a cached message no longer reads as one. */
const DATABASE_VERSION = 1
const WINDOWS = 'windows'

/** A cache in the browser's database; null where there is none. */
export function browserCache(roomId: RoomId, viewerId: MemberId): WindowCache | null {
  const databases = ifHad(() => indexedDB)
  if (!databases) return null
  const key = `${viewerId}/${roomId}`
  return {
    load: async () => ((await inWindows(databases, 'readonly', (windows) => windows.get(key))) as CachedWindow | undefined) ?? null,
    async save(window) {
      if (window) await inWindows(databases, 'readwrite', (windows) => windows.put(window, key))
      else await inWindows(databases, 'readwrite', (windows) => windows.delete(key))
    },
  }
}

async function inWindows<T>(databases: IDBFactory, mode: IDBTransactionMode, request: (windows: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open(databases)
  try {
    return await result(request(database.transaction(WINDOWS, mode).objectStore(WINDOWS)))
  } finally {
    database.close()
  }
}

function open(databases: IDBFactory): Promise<IDBDatabase> {
  const opening = databases.open('parley', DATABASE_VERSION)
  opening.addEventListener('upgradeneeded', () => {
    const { result: database } = opening
    if (database.objectStoreNames.contains(WINDOWS)) database.deleteObjectStore(WINDOWS)
    database.createObjectStore(WINDOWS)
  })
  return result(opening)
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('the database refused')))
  })
}
