-- Pipelines and their versions. A spec is protobuf JSON, defaults filled in.
CREATE TABLE pipeline (
  project TEXT NOT NULL,
  name TEXT NOT NULL,
  version BIGINT NOT NULL,
  stopped BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (project, name)
);

CREATE TABLE pipeline_version (
  project TEXT NOT NULL,
  name TEXT NOT NULL,
  version BIGINT NOT NULL,
  spec_commit TEXT NOT NULL,
  spec TEXT NOT NULL,
  salt TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (project, name, version)
);

-- One per pipeline and commit set. States are numbered as JobState is. Durations are microseconds.
CREATE TABLE job (
  id {identity},
  set_id TEXT NOT NULL,
  project TEXT NOT NULL,
  pipeline TEXT NOT NULL,
  version BIGINT NOT NULL,
  run_id TEXT NOT NULL UNIQUE,
  run_project TEXT NOT NULL,
  state BIGINT NOT NULL,
  reason TEXT NOT NULL,
  restarts BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  finished_at BIGINT,
  processed BIGINT NOT NULL,
  skipped BIGINT NOT NULL,
  failed BIGINT NOT NULL,
  recovered BIGINT NOT NULL,
  total BIGINT NOT NULL,
  download_time BIGINT NOT NULL,
  process_time BIGINT NOT NULL,
  upload_time BIGINT NOT NULL,
  download_bytes BIGINT NOT NULL,
  upload_bytes BIGINT NOT NULL,
  UNIQUE (set_id, project, pipeline)
);

CREATE INDEX job_by_pipeline ON job (project, pipeline, id);
CREATE INDEX job_by_state ON job (state);

-- The commits a job reads: one per leaf of its input.
CREATE TABLE job_input (
  job_id BIGINT NOT NULL REFERENCES job (id),
  leaf BIGINT NOT NULL,
  repo TEXT NOT NULL,
  commit_id TEXT NOT NULL,
  PRIMARY KEY (job_id, leaf)
);

CREATE INDEX job_input_by_commit ON job_input (commit_id);

-- States are numbered as DatumState is. inputs: DatumInputsFormat. output: the root of the tree that it wrote. from_set:
-- the job that made the output. attempt, epoch, worker: the lease, while a worker has it.
CREATE TABLE datum (
  job_id BIGINT NOT NULL REFERENCES job (id),
  id BYTEA NOT NULL,
  key BYTEA NOT NULL,
  state BIGINT NOT NULL,
  reason TEXT NOT NULL,
  inputs BYTEA NOT NULL,
  output BYTEA,
  from_set TEXT NOT NULL,
  tries BIGINT NOT NULL,
  attempt TEXT,
  epoch TEXT,
  worker TEXT,
  download_time BIGINT NOT NULL,
  process_time BIGINT NOT NULL,
  upload_time BIGINT NOT NULL,
  download_bytes BIGINT NOT NULL,
  upload_bytes BIGINT NOT NULL,
  PRIMARY KEY (job_id, id)
);

CREATE INDEX datum_by_state ON datum (job_id, state);
CREATE INDEX datum_by_epoch ON datum (epoch);

-- The server that runs the workers. Another one that takes over writes its own epoch: leases of other epochs are void.
CREATE TABLE worker_host (
  name TEXT PRIMARY KEY,
  epoch TEXT NOT NULL
);
