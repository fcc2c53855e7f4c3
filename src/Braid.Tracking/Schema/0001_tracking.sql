-- Labels are kept as their words, each followed by a newline, after a leading newline; "" is none.
-- A number that is NaN is kept as NULL. Times are microseconds, except where a column says ms.

CREATE TABLE project (
  id TEXT PRIMARY KEY,
  number BIGINT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  base_name TEXT NOT NULL,
  parent_id TEXT,
  description TEXT NOT NULL,
  labels TEXT NOT NULL,
  system_labels TEXT NOT NULL,
  user_name TEXT NOT NULL,
  created BIGINT NOT NULL,
  last_update BIGINT NOT NULL,
  trashed BIGINT,
  default_output TEXT NOT NULL,
  artifact_location TEXT
);
CREATE INDEX project_by_parent ON project (parent_id);

INSERT INTO project
  (id, number, name, base_name, description, labels, system_labels, user_name, created, last_update, default_output)
VALUES
  ('00000000000040008000000000000000', 0, 'Default', 'Default', '', '', '', 'braid', {now}, {now}, '');

CREATE TABLE run (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  status_reason TEXT NOT NULL,
  status_message TEXT NOT NULL,
  status_changed BIGINT NOT NULL,
  reported_status TEXT,
  reported_reason TEXT NOT NULL,
  comment TEXT NOT NULL,
  user_name TEXT NOT NULL,
  parent_id TEXT,
  owner TEXT NOT NULL,
  writer TEXT NOT NULL,
  created BIGINT NOT NULL,
  started BIGINT,
  completed BIGINT,
  published BIGINT,
  last_update BIGINT NOT NULL,
  last_change BIGINT NOT NULL,
  last_changed_by TEXT NOT NULL,
  last_iteration BIGINT NOT NULL,
  last_worker TEXT NOT NULL,
  last_worker_report BIGINT,
  trashed BIGINT,
  trashed_with_project BOOLEAN NOT NULL,
  labels TEXT NOT NULL,
  system_labels TEXT NOT NULL,
  script TEXT,
  execution TEXT,
  container TEXT,
  configuration TEXT,
  runtime TEXT,
  output TEXT,
  extra TEXT
);
CREATE INDEX run_by_project ON run (project_id, created);
CREATE INDEX run_by_parent ON run (parent_id);
CREATE INDEX run_by_status ON run (status, last_update);

-- Which attempt has joined the job's run, by which protocol.
CREATE TABLE run_join (
  run_id TEXT NOT NULL,
  attempt TEXT NOT NULL,
  protocol TEXT NOT NULL,
  PRIMARY KEY (run_id, attempt, protocol)
);

-- Tags of projects, runs, models and named models: owner_id is the id of any of them.
CREATE TABLE tag (
  owner_id TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (owner_id, key)
);

-- Parameters of runs; of models (section '': parameters, section 'metadata': metadata). number: the value, if it is one.
CREATE TABLE parameter (
  owner_id TEXT NOT NULL,
  section TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  type TEXT NOT NULL,
  description TEXT NOT NULL,
  number DOUBLE PRECISION,
  writer TEXT NOT NULL,
  PRIMARY KEY (owner_id, section, name)
);

CREATE TABLE run_artifact (
  run_id TEXT NOT NULL,
  key TEXT NOT NULL,
  mode TEXT NOT NULL,
  type TEXT NOT NULL,
  uri TEXT NOT NULL,
  hash TEXT NOT NULL,
  content_size BIGINT,
  timestamp BIGINT,
  type_data TEXT,
  display_data TEXT,
  writer TEXT NOT NULL,
  PRIMARY KEY (run_id, key, mode)
);

CREATE TABLE run_model (
  run_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  model_id TEXT NOT NULL,
  step BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  writer TEXT NOT NULL,
  PRIMARY KEY (run_id, kind, name)
);
CREATE INDEX run_model_by_model ON run_model (model_id);

-- One row per series: its summary, and its newest points (docs/formats/series-block.md), which become a block when they are many.
CREATE TABLE series (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL,
  metric TEXT NOT NULL,
  variant TEXT NOT NULL,
  count BIGINT NOT NULL,
  numbers BIGINT NOT NULL,
  sum DOUBLE PRECISION NOT NULL,
  first_step BIGINT NOT NULL,
  first_ms BIGINT NOT NULL,
  first_value DOUBLE PRECISION,
  last_step BIGINT NOT NULL,
  last_ms BIGINT NOT NULL,
  last_value DOUBLE PRECISION,
  min_step BIGINT NOT NULL,
  min_ms BIGINT NOT NULL,
  min_value DOUBLE PRECISION,
  max_step BIGINT NOT NULL,
  max_ms BIGINT NOT NULL,
  max_value DOUBLE PRECISION,
  single_ms BIGINT,
  single_value DOUBLE PRECISION,
  blocks BIGINT NOT NULL,
  tail BYTEA NOT NULL,
  tail_writer TEXT NOT NULL,
  UNIQUE (owner_id, metric, variant)
);

-- Older points in order of arrival; merged, 16 of a level into one of the next, so that appending stays cheap and reading too.
CREATE TABLE series_block (
  series_id TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  level BIGINT NOT NULL,
  writer TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (series_id, sequence)
);

CREATE TABLE log_block (
  run_id TEXT NOT NULL,
  first_line BIGINT NOT NULL,
  count BIGINT NOT NULL,
  level BIGINT NOT NULL,
  first_ms BIGINT NOT NULL,
  last_ms BIGINT NOT NULL,
  datum TEXT NOT NULL,
  writer TEXT NOT NULL,
  abandoned BOOLEAN NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (run_id, first_line)
);
CREATE INDEX log_block_by_time ON log_block (run_id, last_ms);
CREATE INDEX log_block_by_datum ON log_block (run_id, datum);

CREATE TABLE plot (
  owner_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  metric TEXT NOT NULL,
  variant TEXT NOT NULL,
  iteration BIGINT NOT NULL,
  timestamp_ms BIGINT NOT NULL,
  content BYTEA NOT NULL,
  writer TEXT NOT NULL,
  PRIMARY KEY (owner_id, kind, metric, variant, iteration)
);

-- Stored files and the folders that hold them; content is a reference into the content store, NULL for a folder.
CREATE TABLE artifact (
  space TEXT NOT NULL,
  path TEXT NOT NULL,
  folder TEXT NOT NULL,
  size BIGINT NOT NULL,
  content BYTEA,
  modified BIGINT NOT NULL,
  run_id TEXT,
  writer TEXT NOT NULL,
  PRIMARY KEY (space, path)
);
CREATE INDEX artifact_by_folder ON artifact (space, folder, path);
CREATE INDEX artifact_by_run ON artifact (run_id);
CREATE INDEX artifact_by_writer ON artifact (writer);

-- only_version: made by registering, so it goes when its version does.
CREATE TABLE model (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  registered_name TEXT,
  version BIGINT,
  source_model TEXT,
  project_id TEXT NOT NULL,
  run_id TEXT,
  parent_id TEXT,
  uri TEXT NOT NULL,
  framework TEXT NOT NULL,
  type TEXT NOT NULL,
  comment TEXT NOT NULL,
  user_name TEXT NOT NULL,
  run_link TEXT NOT NULL,
  state TEXT NOT NULL,
  state_message TEXT NOT NULL,
  stage TEXT NOT NULL,
  is_published BOOLEAN NOT NULL,
  design TEXT,
  classes TEXT,
  labels TEXT NOT NULL,
  system_labels TEXT NOT NULL,
  last_iteration BIGINT NOT NULL,
  created BIGINT NOT NULL,
  last_update BIGINT NOT NULL,
  trashed BIGINT,
  only_version BOOLEAN NOT NULL,
  writer TEXT NOT NULL,
  UNIQUE (registered_name, version)
);
CREATE INDEX model_by_run ON model (run_id);
CREATE INDEX model_by_project ON model (project_id, created);
CREATE INDEX model_by_writer ON model (writer);
CREATE INDEX model_by_source ON model (source_model);

-- versions: the highest number ever given out.
CREATE TABLE named_model (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  created BIGINT NOT NULL,
  last_update BIGINT NOT NULL,
  versions BIGINT NOT NULL
);

CREATE TABLE model_alias (
  name TEXT NOT NULL,
  alias TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (name, alias)
);

-- What a job's run reads, written with the job.
CREATE TABLE run_input (
  run_id TEXT NOT NULL,
  name TEXT NOT NULL,
  repo TEXT NOT NULL,
  branch TEXT NOT NULL,
  commit_id TEXT NOT NULL,
  PRIMARY KEY (run_id, name)
);
CREATE INDEX run_input_by_commit ON run_input (repo, commit_id);

CREATE TABLE dataset (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  source_type TEXT NOT NULL,
  source TEXT NOT NULL,
  schema_text TEXT,
  profile TEXT,
  UNIQUE (project_id, name, digest)
);

-- Tags of a dataset input are rows of tag, owned by the input's own id.
CREATE TABLE run_dataset (
  id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL,
  dataset_id TEXT NOT NULL,
  position BIGINT NOT NULL,
  writer TEXT NOT NULL,
  UNIQUE (run_id, dataset_id)
);
CREATE INDEX run_dataset_by_dataset ON run_dataset (dataset_id);
