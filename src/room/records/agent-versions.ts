// What an agent was before: its last forms, with who saved each and when, for the room's owner to have one back [R165]. Invariant: the
// newest is what the agent is now.
import type { AgentProfile } from '../../conversation/agent-profile'
import type { Member } from '../../conversation/member'
import type { MemberId } from '../../conversation/ids'

/** Of each agent. */
export const VERSIONS_KEPT = 20

export interface AgentVersion {
  /** 1, 2, 3 … */
  readonly number: number
  /** Ms since 1970; null for what it was before anybody changed it. */
  readonly savedAt: number | null
  /** Under the name that they had. */
  readonly savedBy: string | null
  readonly profile: AgentProfile
}

interface VersionRow extends Record<string, SqlStorageValue> {
  number: number
  saved_at: number | null
  by_name: string | null
  value: string
}

export class AgentVersions {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  /** Newest first. */
  of(agent: MemberId): readonly AgentVersion[] {
    return this.rows(agent).map(({ number, saved_at, by_name, value }) => ({
      number,
      savedAt: saved_at,
      savedBy: by_name,
      // Rows are ours: a profile was parsed before it was written.
      profile: JSON.parse(value) as AgentProfile,
    }))
  }

  /** Somebody has saved an agent. `before`: what it was until then; null for a new one. */
  saved(agent: MemberId, before: AgentProfile | null, profile: AgentProfile, by: Pick<Member, 'id' | 'name'>, at: number): void {
    const [newest] = this.rows(agent)
    // What began with its room, or with a release that kept nothing of this, has its first version now.
    const first = !newest && before ? 1 : 0
    if (!newest && before) this.add(agent, 1, before, null, null)
    this.add(agent, (newest?.number ?? first) + 1, profile, by, at)
    this.sql.exec(
      'DELETE FROM agent_version WHERE agent_id = ?1 AND number <= (SELECT MAX(number) FROM agent_version WHERE agent_id = ?1) - ?2',
      agent,
      VERSIONS_KEPT,
    )
  }

  removed(agent: MemberId): void {
    this.sql.exec('DELETE FROM agent_version WHERE agent_id = ?', agent)
  }

  private add(agent: MemberId, number: number, profile: AgentProfile, by: Pick<Member, 'id' | 'name'> | null, at: number | null): void {
    this.sql.exec(
      'INSERT INTO agent_version (agent_id, number, saved_at, by_id, by_name, value) VALUES (?, ?, ?, ?, ?, ?)',
      agent,
      number,
      at,
      by?.id ?? null,
      by?.name ?? null,
      JSON.stringify(profile),
    )
  }

  private rows(agent: MemberId): readonly VersionRow[] {
    return this.sql.exec<VersionRow>('SELECT number, saved_at, by_name, value FROM agent_version WHERE agent_id = ? ORDER BY number DESC', agent).toArray()
  }
}
