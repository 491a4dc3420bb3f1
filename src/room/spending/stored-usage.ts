// What agents took, in SQLite: by day (UTC), person, agent and model. Rows of two months are kept, so that every month can be seen
// whole. Nothing here is ever made smaller but by its age: a clear empties a room's messages and not its account.
import type { MemberId } from '../../conversation/ids'
import type { Spending } from '../../conversation/usage'

/** Days that are kept. */
const KEPT_DAYS = 62

/** Of one person, agent and model. */
export interface UsedBy {
  readonly person: MemberId
  readonly personName: string
  readonly agent: MemberId
  readonly agentName: string
  readonly model: string
}

/** By what spending is added up. */
export type Dimension = 'person' | 'agent' | 'model' | 'day'

export interface SpentBy extends Spending {
  /** The person's, the agent's or the model's id; of a day its number since 1970. */
  readonly key: string
  /** What it was called last. */
  readonly name: string
}

const NAMES: Readonly<Record<Dimension, string>> = { person: 'max(person_name)', agent: 'max(agent_name)', model: 'model', day: 'day' }

const SUMS =
  'sum(turns) AS turns, sum(input) AS input, sum(output) AS output, sum(cached) AS cached, sum(reasoning) AS reasoning, sum(dollars) AS dollars, sum(unpriced) AS unpriced'

export class StoredUsage {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  add(day: number, { person, personName, agent, agentName, model }: UsedBy, { turns, input, output, cached, reasoning, dollars, unpriced }: Spending): void {
    this.sql.exec('DELETE FROM usage WHERE day <= ?', day - KEPT_DAYS)
    this.sql.exec(
      `INSERT INTO usage (day, person, agent, model, person_name, agent_name, turns, input, output, cached, reasoning, dollars, unpriced)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET person_name = excluded.person_name, agent_name = excluded.agent_name, turns = turns + excluded.turns, input = input + excluded.input,
         output = output + excluded.output, cached = cached + excluded.cached, reasoning = reasoning + excluded.reasoning,
         dollars = dollars + excluded.dollars, unpriced = unpriced + excluded.unpriced`,
      day,
      person,
      agent,
      model,
      personName,
      agentName,
      turns,
      input,
      output,
      cached,
      reasoning,
      dollars,
      unpriced,
    )
  }

  /** Tokens of each person on a day. */
  tokensOfDay(day: number): ReadonlyMap<MemberId, number> {
    const rows = this.sql.exec<{ person: string; tokens: number }>('SELECT person, sum(input + output) AS tokens FROM usage WHERE day = ? GROUP BY person', day)
    return new Map(rows.toArray().map(({ person, tokens }) => [person as MemberId, tokens]))
  }

  /** From this day on, the most first, days in their order; at most `limit`. */
  since(day: number, by: Dimension, limit: number): readonly SpentBy[] {
    return this.sql
      .exec<SpentBy & Record<string, SqlStorageValue>>(
        `SELECT CAST(${by} AS TEXT) AS key, CAST(${NAMES[by]} AS TEXT) AS name, ${SUMS} FROM usage WHERE day >= ? GROUP BY ${by}
         ORDER BY ${by === 'day' ? 'day' : 'sum(input + output) DESC, key'} LIMIT ?`,
        day,
        limit,
      )
      .toArray()
  }
}
