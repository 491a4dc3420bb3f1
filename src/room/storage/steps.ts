// The steps by which a room's tables came to be what they are. A step adds, and says what it is for; one that rewrites
// rows keeps the old ones in a table of their own until a later release drops it.

/** Release 0.1. One row per message; an index on version answers "what changed since" [R4]. */
const FIRST_RELEASE = `
  CREATE TABLE room (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    name TEXT NOT NULL,
    access TEXT NOT NULL CHECK (access IN ('open', 'private')),
    owner_id TEXT,
    invite TEXT NOT NULL,
    cleared_seq INTEGER NOT NULL DEFAULT 0,
    cleared_version INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE member (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'member', 'removed')),
    joined_at INTEGER NOT NULL
  );
  CREATE TABLE message (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    author_id TEXT NOT NULL,
    author_name TEXT NOT NULL,
    author_kind TEXT NOT NULL CHECK (author_kind IN ('person', 'agent')),
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    reply_to TEXT,
    parts TEXT NOT NULL,
    failure TEXT,
    tries INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX message_version ON message (version);
`

/** Who asked for a reply again: it is theirs to stop, and their budget pays for it. */
const ASKED_BY = 'ALTER TABLE message ADD COLUMN asked_by TEXT'

/** Who is who: invitations that run out, rooms that wait to be purged, and what each member's name looks like. */
const IDENTITY = `
  ALTER TABLE room ADD COLUMN invite_until INTEGER;
  ALTER TABLE room ADD COLUMN deleted_at INTEGER;
  ALTER TABLE member ADD COLUMN skeleton TEXT;
  CREATE INDEX member_skeleton ON member (skeleton);
`

/** Under which names people wrote, since when, and what those look like: nobody else bears one without a number. Of old messages too. */
const WRITTEN_NAMES = `
  CREATE TABLE written_name (
    member_id TEXT NOT NULL,
    name TEXT NOT NULL,
    skeleton TEXT,
    since INTEGER NOT NULL,
    PRIMARY KEY (member_id, name)
  ) WITHOUT ROWID;
  CREATE INDEX written_name_skeleton ON written_name (skeleton);
  INSERT INTO written_name (member_id, name, since)
    SELECT author_id, author_name, MIN(created_at) FROM message WHERE author_kind = 'person' GROUP BY author_id, author_name;
`

/** When a reply was asked for again: from then on it is waited for. */
const STARTED_AT = 'ALTER TABLE message ADD COLUMN started_at INTEGER'

/**
 * Records, and what is amended about a message. What a room has been so far becomes records too: its name, and the one agent
 * that every room had. `forgotten_version`: up to when deletions of records are remembered no more.
 */
const RECORDS = `
  CREATE TABLE record (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    value TEXT,
    PRIMARY KEY (kind, id)
  ) WITHOUT ROWID;
  CREATE INDEX record_version ON record (version);
  ALTER TABLE room ADD COLUMN forgotten_version INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE message ADD COLUMN amended TEXT;
  ALTER TABLE message ADD COLUMN amended_version INTEGER;
  CREATE INDEX message_amended ON message (amended_version) WHERE amended_version IS NOT NULL;
  INSERT INTO record (kind, id, version, value)
    SELECT 'room', 'room', max(cleared_version, (SELECT coalesce(max(version), 0) FROM message)) + 1, json_object('name', name) FROM room;
  INSERT INTO record (kind, id, version, value)
    SELECT 'agent', 'parley', version + 1, json_object(
      'handle', 'parley', 'name', 'Parley', 'colour', 'copper', 'emoji', '',
      'instruction', 'You are a helpful member of the room, not its host. Answer the person who spoke to you, use what others have said where it helps, and keep to a few short paragraphs unless you are asked for more. Say so when you do not know something.',
      'model', 'default', 'mode', 'always', 'atOnce', 8, 'order', 1) FROM record WHERE kind = 'room';
`

/**
 * Who speaks when. To whom a person's message was said, when a reply ended, and where in a chain it stands; the queue, a row of it as
 * JSON; the one reply of each agent to each message, also of those that there are; and what a chain of agents has held back.
 */
const ENGAGEMENT = `
  ALTER TABLE message ADD COLUMN said_to TEXT;
  ALTER TABLE message ADD COLUMN ended_at INTEGER;
  ALTER TABLE message ADD COLUMN root TEXT;
  ALTER TABLE message ADD COLUMN depth INTEGER;
  CREATE TABLE queue (id TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE answer (prompt_id TEXT NOT NULL, agent_id TEXT NOT NULL, reply_id TEXT NOT NULL, PRIMARY KEY (prompt_id, agent_id)) WITHOUT ROWID;
  INSERT OR IGNORE INTO answer (prompt_id, agent_id, reply_id)
    SELECT reply_to, author_id, id FROM message WHERE author_kind = 'agent' AND reply_to IS NOT NULL ORDER BY seq;
  CREATE TABLE chain (root TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`

/** What the room's agents were before, each form as it was saved: the newest of each agent, so many as are kept. */
const AGENT_VERSIONS = `
  CREATE TABLE agent_version (
    agent_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    saved_at INTEGER,
    by_id TEXT,
    by_name TEXT,
    value TEXT NOT NULL,
    PRIMARY KEY (agent_id, number)
  );
`

/** What agents took: a row for each day (UTC, in days since 1970), person, agent and model, with the names they had last. */
const USAGE = `
  CREATE TABLE usage (
    day INTEGER NOT NULL,
    person TEXT NOT NULL,
    agent TEXT NOT NULL,
    model TEXT NOT NULL,
    person_name TEXT NOT NULL,
    agent_name TEXT NOT NULL,
    turns INTEGER NOT NULL,
    input INTEGER NOT NULL,
    output INTEGER NOT NULL,
    cached INTEGER NOT NULL,
    reasoning INTEGER NOT NULL,
    dollars REAL NOT NULL,
    unpriced INTEGER NOT NULL,
    PRIMARY KEY (day, person, agent, model)
  ) WITHOUT ROWID;
`

/** Calls of tools that have an effect and were begun: what has no result after a restart is not run again. */
const CALLS = `
  CREATE TABLE call (
    reply_id TEXT NOT NULL,
    call_id TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    PRIMARY KEY (reply_id, call_id)
  ) WITHOUT ROWID;
`

/** Calls that people had to let run, and those that acted outside without: what waits, and what may be audited. */
const APPROVALS = `
  CREATE TABLE approval (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    reply_id TEXT NOT NULL,
    call_id TEXT NOT NULL,
    state TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    is_live INTEGER NOT NULL,
    is_shown INTEGER NOT NULL,
    value TEXT NOT NULL,
    result TEXT
  );
  CREATE INDEX approval_live ON approval (reply_id, call_id) WHERE is_live = 1;
  CREATE INDEX approval_open ON approval (expires_at) WHERE state = 'open';
  CREATE INDEX approval_shown ON approval (seq) WHERE is_shown = 1;
  CREATE INDEX approval_unresolved ON approval (seq) WHERE result IS NULL;
  CREATE INDEX message_asking ON message (seq) WHERE status = 'asking';
`

/** Servers of tools, beside their records: each tool as it was accepted and as it was found last (`which`), and what a server wants to be shown, sealed. */
const SERVERS = `
  CREATE TABLE server_tool (
    server_id TEXT NOT NULL,
    which TEXT NOT NULL,
    name TEXT NOT NULL,
    place INTEGER NOT NULL,
    definition TEXT NOT NULL,
    print TEXT NOT NULL,
    PRIMARY KEY (server_id, which, name)
  ) WITHOUT ROWID;
  CREATE TABLE server_secret (server_id TEXT PRIMARY KEY, sealed TEXT NOT NULL) WITHOUT ROWID;
`

/** Signing in for servers of tools: what a server said of how, who we are there, what was begun, what came of it (`what`); all but the first sealed. */
const SIGN_INS = `
  CREATE TABLE server_sign_in (server_id TEXT NOT NULL, what TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (server_id, what)) WITHOUT ROWID;
`

/** What a person said to what a server asked in a call: for that server alone, until the reply has ended. */
const ANSWERS = `
  ALTER TABLE approval ADD COLUMN answer TEXT;
`

/** How often each person's schedules came on the last day on which they did. */
const SCHEDULE_RUNS = `
  CREATE TABLE schedule_runs (person TEXT PRIMARY KEY, day INTEGER NOT NULL, "all" INTEGER NOT NULL, once INTEGER NOT NULL) WITHOUT ROWID;
`

export const STEPS: readonly string[] = [
  FIRST_RELEASE,
  ASKED_BY,
  IDENTITY,
  WRITTEN_NAMES,
  STARTED_AT,
  RECORDS,
  ENGAGEMENT,
  AGENT_VERSIONS,
  USAGE,
  CALLS,
  APPROVALS,
  SERVERS,
  SIGN_INS,
  ANSWERS,
  SCHEDULE_RUNS,
]
