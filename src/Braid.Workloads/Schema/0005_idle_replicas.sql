-- idle_since: since when the replica does nothing, as its node tells; null while it works.
ALTER TABLE replica ADD COLUMN idle_since BIGINT;
