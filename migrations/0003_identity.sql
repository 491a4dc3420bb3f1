-- Who owns this instance, which one-time links were used, where a session has been, and rooms that can still be had back.
CREATE TABLE instance (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  owner_id TEXT NOT NULL,
  claimed_at INTEGER NOT NULL -- ms since 1970
);

CREATE TABLE claim_used (
  nonce TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  used_at INTEGER NOT NULL -- ms since 1970
) WITHOUT ROWID;

-- The rooms in which a session opened a socket: where its end has to be told.
CREATE TABLE session_room (
  session_id TEXT NOT NULL,
  room_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  opened_at INTEGER NOT NULL, -- ms since 1970
  PRIMARY KEY (session_id, room_id)
) WITHOUT ROWID;

CREATE INDEX session_room_user ON session_room (user_id);

-- An account that was removed: its id is never anybody's again.
CREATE TABLE removed_account (
  user_id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  removed_at INTEGER NOT NULL -- ms since 1970
) WITHOUT ROWID;

ALTER TABLE room ADD COLUMN deleted_at INTEGER;
