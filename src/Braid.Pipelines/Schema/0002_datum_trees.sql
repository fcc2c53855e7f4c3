-- What a job knows about its datums is a tree (docs/formats/datum.md). Rows of datums are only those that a job has to run,
-- until it has ended and they are folded into its tree.
-- planned: its rows and its tree are what it has to do. datums: the tree's root; null for the empty one. remaining: datums that have
-- not ended. has_rows: there may be rows to fold. deadline: when it is killed.
ALTER TABLE job ADD COLUMN planned BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE job ADD COLUMN datums BYTEA;
ALTER TABLE job ADD COLUMN remaining BIGINT NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN has_rows BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE job ADD COLUMN deadline BIGINT;

-- finished: the commit will not change any more, or is gone.
ALTER TABLE job_input ADD COLUMN finished BOOLEAN NOT NULL DEFAULT FALSE;

UPDATE job SET planned = TRUE, has_rows = TRUE WHERE started_at IS NOT NULL;
UPDATE job SET remaining = (SELECT COUNT(*) FROM datum d WHERE d.job_id = job.id AND d.state IN (0, 1)) WHERE state = 2;

-- JobState gained Egressing, between Running and Finishing.
UPDATE job SET state = state + 1 WHERE state >= 3;

CREATE INDEX job_with_rows ON job (id) WHERE has_rows;
DROP INDEX datum_by_state;
CREATE INDEX datum_by_state ON datum (job_id, state, tries, id);
