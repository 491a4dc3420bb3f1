// What pages hold of the rooms that are being opened, kept by this isolate so that it is rendered once and not once for
// each visitor. Bounded by what it holds; losing it costs a rendering, never truth.
import { waitUntil } from 'cloudflare:workers'
import type { RoomId } from '../../conversation/ids'
import type { Snapshot } from '../../conversation/page'
import { renderEdition, type RenderedEdition } from './render-edition'

/** All renderings together at most, in bytes; the newest is kept in any case. An isolate has 128 MB for everything. */
const MAX_KEPT = 32 * 1024 * 1024

/** Newest use last. */
const kept = new Map<RoomId, { readonly edition: RenderedEdition; readonly size: number }>()
const rendering = new Map<string, Promise<RenderedEdition>>()
let size = 0

/** The edition of this room that is here already; null for none. */
export function keptEdition(room: RoomId): RenderedEdition | null {
  const found = kept.get(room)
  if (!found) return null
  kept.delete(room)
  kept.set(room, found)
  return found.edition
}

/** The edition that a room told of. Whoever asks while it is being rendered waits for the same rendering. */
export async function editionOf(room: RoomId, name: string, snapshot: Snapshot): Promise<RenderedEdition> {
  const known = keptEdition(room)
  if (known?.name === name) return known
  const key = `${room} ${name}`
  const begun = rendering.get(key)
  if (begun) return begun
  const made = renderEdition(name, snapshot, known)
    .then((edition) => keep(room, edition))
    .finally(() => rendering.delete(key))
  rendering.set(key, made)
  // Its first visitor may leave before it is done; the others still wait.
  waitUntil(made.catch(() => {}))
  return made
}

function keep(room: RoomId, edition: RenderedEdition): RenderedEdition {
  forget(room)
  const added = sizeOf(edition)
  kept.set(room, { edition, size: added })
  size += added
  for (const oldest of kept.keys()) {
    if (size <= MAX_KEPT || oldest === room) break
    forget(oldest)
  }
  return edition
}

function forget(room: RoomId): void {
  const found = kept.get(room)
  if (!found) return
  kept.delete(room)
  size -= found.size
}

/** The rows are held twice: in one piece, and each by itself. */
function sizeOf({ rows, messages, nodes }: RenderedEdition): number {
  return 2 * bytesOf(rows) + bytesOf(messages) + bytesOf(nodes)
}

/** As the engine holds a text: two bytes for each character once one of them is not Latin. */
function bytesOf(text: string): number {
  return /[\u0100-\uffff]/.test(text) ? 2 * text.length : text.length
}
