-- Secrets. A value is sealed with a key of its own, derived from the installation's.
CREATE TABLE secret (
  name TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE secret_value (
  secret TEXT NOT NULL REFERENCES secret (name),
  key TEXT NOT NULL,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (secret, key)
);

-- What specs of a project (of all projects: the empty name) need not say. spec: JSON, as its author wrote it.
CREATE TABLE spec_default (
  project TEXT PRIMARY KEY,
  spec TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL
);

-- What the user wrote, before defaults; empty in versions of before there were any, whose spec is all there is.
ALTER TABLE pipeline_version ADD COLUMN user_spec TEXT NOT NULL DEFAULT '';
