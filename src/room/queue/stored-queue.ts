// The queue's rows in SQLite, and which reply answers which message: at most one of each agent, by the key of a table. Rows are
// ours: what is read here was written here.
import type { Chain } from '../../agents/engagement/chain'
import type { QueueRow } from '../../agents/queue/row'
import type { MemberId, MessageId } from '../../conversation/ids'

/** Where a message stands in its chain; a person's message begins one. */
export interface Place {
  readonly root: MessageId
  readonly depth: number
}

export class StoredQueue {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  rows(): readonly QueueRow[] {
    return this.sql
      .exec<{ value: string }>('SELECT value FROM queue')
      .toArray()
      .map(({ value }) => JSON.parse(value) as QueueRow)
  }

  put(row: QueueRow): void {
    this.sql.exec('INSERT INTO queue (id, value) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET value = excluded.value', row.id, JSON.stringify(row))
  }

  remove(id: MessageId): void {
    this.sql.exec('DELETE FROM queue WHERE id = ?', id)
  }

  /** The reply of this agent to this message, whatever became of it. */
  answerTo(prompt: MessageId, agent: MemberId): MessageId | null {
    const [row] = this.sql.exec<{ id: string }>('SELECT reply_id AS id FROM answer WHERE prompt_id = ? AND agent_id = ?', prompt, agent).toArray()
    return (row?.id ?? null) as MessageId | null
  }

  /** Of all agents. */
  answersTo(prompt: MessageId): readonly MessageId[] {
    return this.sql
      .exec<{ id: string }>('SELECT reply_id AS id FROM answer WHERE prompt_id = ?', prompt)
      .toArray()
      .map(({ id }) => id as MessageId)
  }

  /** Throws when there is one already: whoever writes has looked. */
  addAnswer(prompt: MessageId, agent: MemberId, reply: MessageId): void {
    this.sql.exec('INSERT INTO answer (prompt_id, agent_id, reply_id) VALUES (?, ?, ?)', prompt, agent, reply)
  }

  /** Of a reply; one that was made before there were chains begins its own. */
  placeOf(reply: MessageId): Place {
    const [row] = this.sql.exec<{ root: string | null; depth: number | null }>('SELECT root, depth FROM message WHERE id = ?', reply).toArray()
    return { root: (row?.root ?? reply) as MessageId, depth: row?.depth ?? 1 }
  }

  /** What was called in a chain so far. Until an agent has called another, that is what its replies say. */
  chain(root: MessageId, mostDepth: number): Chain {
    const [stored] = this.sql.exec<{ value: string }>('SELECT value FROM chain WHERE root = ?', root).toArray()
    if (stored) return JSON.parse(stored.value) as Chain
    const turns = this.sql
      .exec<{ agent: string; prompt: string; by: string | null; depth: number }>(
        `SELECT author_id AS agent, reply_to AS prompt, amended ->> '$.why.by' AS by, depth FROM message
         WHERE seq > (SELECT seq FROM message WHERE id = coalesce((SELECT reply_to FROM message WHERE id = ?1 AND depth IS NOT NULL), ?1)) AND root = ?1
         ORDER BY seq LIMIT 12`,
        root,
      )
      .toArray()
      .map(({ agent, prompt, by, depth }) => ({ agent: agent as MemberId, trigger: prompt as MessageId, by: (by ?? '') as MemberId, depth }))
    return { turns, held: [], mostDepth }
  }

  saveChain(root: MessageId, chain: Chain): void {
    this.sql.exec('INSERT INTO chain (root, value) VALUES (?, ?) ON CONFLICT (root) DO UPDATE SET value = excluded.value', root, JSON.stringify(chain))
  }

  clear(): void {
    for (const table of ['queue', 'answer', 'chain']) this.sql.exec(`DELETE FROM ${table}`)
  }
}
