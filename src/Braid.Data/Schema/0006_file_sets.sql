-- File sets: changes that belong to no commit yet. They last until expires_at, and longer when they are renewed.
-- log, and the trees root and parts, are Braid.Storage's references: the edits, the tree that they make out of nothing, and
-- content that the log refers to and the tree does not hold.
CREATE TABLE file_set (
  id TEXT PRIMARY KEY,
  log BYTEA NOT NULL,
  root BYTEA NOT NULL,
  parts BYTEA NOT NULL,
  files BIGINT NOT NULL,
  size BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE INDEX file_set_by_expiry ON file_set (expires_at);
