-- Where runs wait for workers. labels, system_labels: packed; metadata: a JSON object as text.
CREATE TABLE queue (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  user_name TEXT NOT NULL,
  created BIGINT NOT NULL,
  last_update BIGINT NOT NULL,
  labels TEXT NOT NULL,
  system_labels TEXT NOT NULL,
  metadata TEXT NOT NULL
);

-- A run waits in one queue at most. place: the lowest is next. status_before: of the run, before it was queued.
CREATE TABLE queue_entry (
  run_id TEXT PRIMARY KEY,
  queue_id TEXT NOT NULL,
  place BIGINT NOT NULL,
  added BIGINT NOT NULL,
  status_before TEXT NOT NULL
);
CREATE INDEX queue_entry_by_place ON queue_entry (queue_id, place);

-- The queue that the run was put in last, and how often workers were lost with it since.
ALTER TABLE run ADD COLUMN queue_id TEXT;
ALTER TABLE run ADD COLUMN lost BIGINT NOT NULL DEFAULT 0;

-- Who takes runs from queues, or reports what it runs. queues, labels, system_labels: packed. timeout: microseconds without a
-- report, after which it counts as gone.
CREATE TABLE worker (
  name TEXT PRIMARY KEY,
  user_name TEXT NOT NULL,
  address TEXT NOT NULL,
  registered BIGINT NOT NULL,
  timeout BIGINT NOT NULL,
  last_activity BIGINT NOT NULL,
  last_report BIGINT NOT NULL,
  queues TEXT NOT NULL,
  queue_id TEXT,
  run_id TEXT,
  labels TEXT NOT NULL,
  system_labels TEXT NOT NULL
);

-- What a worker's machine was doing. run_id: what it ran.
CREATE TABLE worker_sample (
  worker TEXT NOT NULL,
  at BIGINT NOT NULL,
  run_id TEXT,
  metric TEXT NOT NULL,
  variant TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL
);
CREATE INDEX worker_sample_by_time ON worker_sample (worker, at);
