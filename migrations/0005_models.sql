-- The models that the instance's owner connected in the app. The key is sealed by the instance's secret: see src/auth/sealing.ts.
CREATE TABLE model (
  id TEXT NOT NULL PRIMARY KEY, -- as an agent names it
  settings TEXT NOT NULL, -- JSON, without any key
  sealed TEXT, -- null for a server that asks for no key
  is_default INTEGER NOT NULL DEFAULT 0,
  connected_at INTEGER NOT NULL, -- ms since 1970
  tested_at INTEGER,
  tested TEXT -- what the newest test said, in words
);
