-- Who places and keeps work looks at what lives, and at what still holds a place: what has ended costs them nothing. Parts of jobs that have
-- ended are forgotten, as other work is.
CREATE INDEX replica_held ON replica (workload_id) WHERE state IN ('bound', 'running', 'releasing');
CREATE INDEX workload_by_name ON workload (name, share, ended, created);
CREATE INDEX workload_by_kind ON workload (kind, created);
UPDATE workload SET look_at = ended WHERE run_id <> id AND ended IS NOT NULL AND look_at IS NULL;
