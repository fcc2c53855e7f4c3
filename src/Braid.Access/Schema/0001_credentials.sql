-- Key pairs. A job's pair names what its attempt may reach; secrets are sealed with the installation's key.
CREATE TABLE access_key (
  access_key TEXT PRIMARY KEY,
  secret BYTEA NOT NULL,
  kind TEXT NOT NULL,
  user_name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  run_id TEXT,
  project_id TEXT,
  attempt TEXT,
  readable_repos TEXT
);

CREATE INDEX access_key_by_attempt ON access_key (attempt);
CREATE INDEX access_key_by_kind ON access_key (kind);
