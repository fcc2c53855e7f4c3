-- start: counts the processes of the node's agent. What an earlier one said is not taken though it arrives later.
ALTER TABLE node ADD COLUMN start BIGINT NOT NULL DEFAULT 0;
