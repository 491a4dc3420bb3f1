// The models that the instance's owner connected, in the database. Invariant: a key is stored sealed, opened for a turn or a test alone,
// and is in no answer of this module but `settings()`.
import { markOf, seal, secretOf, unseal } from '../../auth/sealing'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { ModelSettings } from '../../models/model-settings'
import { type Connection, HOUSES, idOf, keyed, type OpenSettings } from '../../models/offer/connection'
import type { ConnectedModel } from '../../models/offer/offer'

/** More would be no list to choose from. */
const MOST_MODELS = 30

/** As the owner sees it, without its key. */
export interface ListedModel extends ConnectedModel {
  readonly hasKey: boolean
  /** Where it is asked, which is the owner's alone to read; null for a house. */
  readonly address: string | null
  /** Ms since 1970; null when it was never tested. */
  readonly testedAt: number | null
  readonly tested: string | null
}

interface ModelRow {
  readonly id: string
  readonly settings: string
  readonly sealed: string | null
  readonly is_default: number
  readonly tested_at: number | null
  readonly tested: string | null
}

/** All of them, in the order in which they were connected. */
export async function connectedModels(env: Env): Promise<readonly ListedModel[]> {
  const { results } = await env.DB.prepare('SELECT id, settings, sealed, is_default, tested_at, tested FROM model ORDER BY connected_at, id LIMIT ?')
    .bind(MOST_MODELS)
    .all<ModelRow>()
  return results.map((row) => listed(env, row))
}

/** Refuses: name_taken when it is connected already, too_many. */
export async function connectModel(env: Env, { settings, key }: Connection, now: number): Promise<Result> {
  const id = idOf(settings, 'baseUrl' in settings ? await markOf(settings.baseUrl, secretOf(env)) : '')
  const sealed = key === null ? null : await seal(key, purposeOf(settings), secretOf(env))
  const added = await env.DB.prepare(
    `INSERT INTO model (id, settings, sealed, connected_at) SELECT ?1, ?2, ?3, ?4
     WHERE (SELECT COUNT(*) FROM model) < ?5 ON CONFLICT DO NOTHING`,
  )
    .bind(id, JSON.stringify(settings), sealed, now, MOST_MODELS)
    .run()
  if (added.meta.changes > 0) return accept(undefined)
  if (await isConnected(env, id)) return refuse('name_taken', 'This model is connected already. Remove it first to connect it with another key.')
  return refuse('too_many', `An instance has at most ${MOST_MODELS} connected models.`)
}

/** Agents that name it fail from now on, and say so. Refuses: no_such_message. */
export async function removeModel(env: Env, id: string): Promise<Result> {
  const removed = await env.DB.prepare('DELETE FROM model WHERE id = ?').bind(id).run()
  return removed.meta.changes > 0 ? accept(undefined) : gone()
}

/** Null: none of them. Refuses: no_such_message. */
export async function chooseDefault(env: Env, id: string | null): Promise<Result> {
  if (id !== null && !(await isConnected(env, id))) return gone()
  await env.DB.prepare('UPDATE model SET is_default = (id = ?)')
    .bind(id ?? '')
    .run()
  return accept(undefined)
}

/** `said`: in words, what came of a test. */
export async function noteTest(env: Env, id: string, said: string, now: number): Promise<void> {
  await env.DB.prepare('UPDATE model SET tested = ?2, tested_at = ?3 WHERE id = ?1').bind(id, said, now).run()
}

async function isConnected(env: Env, id: string): Promise<boolean> {
  return (await env.DB.prepare('SELECT 1 FROM model WHERE id = ?').bind(id).first()) !== null
}

function gone(): ReturnType<typeof refuse> {
  return refuse('no_such_message', 'That model is not connected any more.')
}

function listed(env: Env, { id, settings, sealed, is_default, tested_at, tested }: ModelRow): ListedModel {
  // Rows are ours: they were parsed before they were written.
  const open = JSON.parse(settings) as OpenSettings
  return {
    id,
    label: `${open.model} (${open.provider === 'compatible' ? (open.label ?? serverOf(id)) : HOUSES[open.provider]})`,
    address: open.provider === 'compatible' ? open.baseUrl : null,
    isDefault: is_default === 1,
    hasKey: sealed !== null,
    testedAt: tested_at,
    tested,
    settings: async () => withKey(env, open, sealed),
  }
}

/** What a server is called that has no label: by the mark in its id. */
function serverOf(id: string): string {
  return `server ${/@([0-9a-f]{8})$/.exec(id)?.[1] ?? 'without a label'}`
}

async function withKey(env: Env, settings: OpenSettings, sealed: string | null): Promise<ModelSettings | null> {
  if (sealed === null) return keyed(settings, null)
  const key = await unseal(sealed, purposeOf(settings), secretOf(env))
  return key === null ? null : keyed(settings, key)
}

/** A key opens for whom it was given, and nobody else. */
function purposeOf(settings: OpenSettings): string {
  return JSON.stringify([settings.provider, 'baseUrl' in settings ? settings.baseUrl : '', 'accountId' in settings ? settings.accountId : ''])
}
