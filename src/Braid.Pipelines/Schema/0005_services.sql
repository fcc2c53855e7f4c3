-- The job that a service's program is of; NULL for a spout.
ALTER TABLE program ADD COLUMN set_id TEXT;
