-- The program of each version of a spout. attempt, epoch, started_at: while it runs. failures: ends in a row, 0 once it runs
-- well. run_id: the run that has its lines.
CREATE TABLE program (
  project TEXT NOT NULL,
  pipeline TEXT NOT NULL,
  version BIGINT NOT NULL,
  run_id TEXT NOT NULL,
  run_project TEXT NOT NULL,
  attempt TEXT,
  epoch TEXT,
  started_at BIGINT,
  starts BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  next_start_at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (project, pipeline, version)
);
