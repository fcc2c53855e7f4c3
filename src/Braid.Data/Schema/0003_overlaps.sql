-- What a repo is for: train, validation or test; empty when it was not said.
ALTER TABLE repo ADD COLUMN role TEXT NOT NULL DEFAULT '';

-- Finished commits of repos with a role, which wait to be held against the repos of the other roles. whole: all of the
-- commit's files, not only those that it changed.
CREATE TABLE overlap_check (
  commit_id BIGINT PRIMARY KEY,
  whole BOOLEAN NOT NULL
);

-- By repo with a role: the tree whose files role_file holds, that of the head of its branch master when it was looked at last.
CREATE TABLE role_tree (
  repo_id BIGINT PRIMARY KEY REFERENCES repo (id),
  commit_id BIGINT NOT NULL,
  root BYTEA NOT NULL
);

CREATE TABLE role_file (
  repo_id BIGINT NOT NULL REFERENCES repo (id),
  path TEXT NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (repo_id, path)
);

CREATE INDEX role_file_by_hash ON role_file (hash);

-- What was found; overlap holds the first pairs only.
CREATE TABLE overlap_report (
  commit_id BIGINT PRIMARY KEY,
  pairs BIGINT NOT NULL
);

CREATE TABLE overlap (
  commit_id BIGINT NOT NULL,
  position BIGINT NOT NULL,
  path TEXT NOT NULL,
  size BIGINT NOT NULL,
  other_repo_id BIGINT NOT NULL,
  other_set TEXT NOT NULL,
  other_path TEXT NOT NULL,
  PRIMARY KEY (commit_id, position)
);
