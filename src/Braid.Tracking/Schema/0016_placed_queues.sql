-- placed: runs of the queue are handed out by whoever places work on machines, not to the first worker that asks. gpus: how many GPUs a
-- worker has.
ALTER TABLE queue ADD COLUMN placed BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE worker ADD COLUMN gpus BIGINT NOT NULL DEFAULT 0;
