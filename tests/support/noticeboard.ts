// Records and amendments in the tests' hand: the built worker, with a kind of record that Parley does not have. What the lanes
// make of it proves that they know no kind. Nothing of this is in what is built.
import { cpSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Amendments } from '../../src/conversation/amendment'
import type { MessageId, RoomId } from '../../src/conversation/ids'
import type { RoomRecord } from '../../src/conversation/record'
import type { Result } from '../../src/conversation/refusal'

const ROOT = resolve(import.meta.dirname, '../..')

/** The kind that only the tests' worker has. */
export const NOTICE = 'notice'

/** A checkout of its own, built, with the worker behind one of the tests'. To be served by `startServer`, and removed at the end. */
export function checkoutBehind(tests: 'noticeboard-worker.js' | 'tooled-worker.js'): { readonly root: string; readonly remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'parley-behind-'))
  for (const part of ['dist', 'scripts', 'src', 'migrations', 'package.json']) cpSync(join(ROOT, part), join(root, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  const worker = join(root, 'dist/worker')
  renameSync(join(worker, 'index.js'), join(worker, 'parley.js'))
  cpSync(join(ROOT, 'tests/support', tests), join(worker, 'index.js'))
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}

export class Noticeboard {
  private readonly origin: string

  constructor(origin: string) {
    this.origin = origin
  }

  /** Makes, changes or (null) deletes a notice. Resolves when the room has acknowledged it; rejects when nobody can know. */
  pin(room: RoomId, id: string, value: unknown): Promise<Result<RoomRecord | null>> {
    return this.ask(room, { id, value })
  }

  amend(room: RoomId, id: MessageId, change: Amendments): Promise<Result<number>> {
    return this.ask(room, { id, amend: change })
  }

  private async ask<T>(room: RoomId, what: object): Promise<T> {
    const response = await fetch(new URL(`/noticeboard/${room}`, this.origin), { method: 'POST', body: JSON.stringify(what) })
    if (!response.ok) throw new Error(`the noticeboard answered ${response.status}`)
    return response.json<T>()
  }
}
