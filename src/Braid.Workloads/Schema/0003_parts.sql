-- run_id: the run that its programs write to: its own, or that of the job of which it is a part.
ALTER TABLE workload ADD COLUMN run_id TEXT NOT NULL DEFAULT '';
UPDATE workload SET run_id = id;
CREATE INDEX workload_part ON workload (run_id) WHERE run_id <> id;
