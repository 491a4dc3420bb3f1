-- The directory: which rooms there are, and who has been where. A room's members and messages live in its own object.
CREATE TABLE room (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  access TEXT NOT NULL CHECK (access IN ('open', 'private')),
  owner_id TEXT,
  created_at INTEGER NOT NULL -- ms since 1970
);

CREATE TABLE room_visit (
  user_id TEXT NOT NULL,
  room_id TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
  last_lane TEXT NOT NULL,
  last_seen INTEGER NOT NULL, -- ms since 1970
  PRIMARY KEY (user_id, room_id)
) WITHOUT ROWID;

-- The room everybody may enter; nobody owns it.
INSERT INTO room (id, name, access, owner_id, created_at) VALUES ('lobby', 'Lobby', 'open', NULL, 0);
