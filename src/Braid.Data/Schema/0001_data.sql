-- Versioned data: what is committed, where branches point, what depends on what. The bytes are Braid.Storage's.

CREATE TABLE data_project (
  name TEXT PRIMARY KEY,
  description TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL
);

CREATE TABLE repo (
  id {identity},
  project TEXT NOT NULL REFERENCES data_project (name),
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  description TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (project, name, type)
);

-- The trigger is JSON.
CREATE TABLE branch (
  id {identity},
  repo_id BIGINT NOT NULL REFERENCES repo (id),
  name TEXT NOT NULL,
  head_id BIGINT,
  trigger_spec TEXT,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (repo_id, name)
);

CREATE INDEX branch_by_head ON branch (head_id);

-- Direct provenance only; never = moves of the upstream branch make no commit here.
CREATE TABLE branch_provenance (
  branch_id BIGINT NOT NULL REFERENCES branch (id),
  upstream_id BIGINT NOT NULL REFERENCES branch (id),
  position BIGINT NOT NULL,
  never BOOLEAN NOT NULL,
  PRIMARY KEY (branch_id, upstream_id)
);

CREATE INDEX branch_provenance_by_upstream ON branch_provenance (upstream_id);

-- Ids ascend in the order of making, provenance first. generation: 1 for a commit without a parent, else the parent's + 1.
CREATE TABLE data_commit (
  id {identity},
  repo_id BIGINT NOT NULL REFERENCES repo (id),
  set_id TEXT NOT NULL,
  branch TEXT NOT NULL,
  origin BIGINT NOT NULL,
  description TEXT NOT NULL,
  parent_id BIGINT REFERENCES data_commit (id),
  generation BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  started_by TEXT NOT NULL,
  finishing_at BIGINT,
  finished_at BIGINT,
  error TEXT NOT NULL,
  root BYTEA NOT NULL,
  size BIGINT NOT NULL,
  files BIGINT NOT NULL,
  UNIQUE (set_id, repo_id)
);

CREATE INDEX data_commit_by_repo ON data_commit (repo_id, id);
CREATE INDEX data_commit_by_generation ON data_commit (repo_id, generation);
CREATE INDEX data_commit_by_parent ON data_commit (parent_id);

CREATE TABLE commit_provenance (
  commit_id BIGINT NOT NULL REFERENCES data_commit (id),
  upstream_id BIGINT NOT NULL REFERENCES data_commit (id),
  position BIGINT NOT NULL,
  PRIMARY KEY (commit_id, upstream_id)
);

CREATE INDEX commit_provenance_by_upstream ON commit_provenance (upstream_id);

-- Files that arrive in parts, seen by nobody before they are completed. The target is named, not referenced: it may be made
-- or deleted meanwhile.
CREATE TABLE upload (
  id TEXT PRIMARY KEY,
  project TEXT NOT NULL,
  repo TEXT NOT NULL,
  type TEXT NOT NULL,
  branch TEXT NOT NULL,
  path TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  started_by TEXT NOT NULL
);

CREATE INDEX upload_by_branch ON upload (project, repo, type, branch, path, id);

-- content is Braid.Storage's reference.
CREATE TABLE upload_part (
  upload_id TEXT NOT NULL REFERENCES upload (id),
  number BIGINT NOT NULL,
  content BYTEA NOT NULL,
  stored_at BIGINT NOT NULL,
  PRIMARY KEY (upload_id, number)
);
