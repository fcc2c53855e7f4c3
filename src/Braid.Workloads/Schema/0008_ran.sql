-- What attempts of its replicas took that are not replicas' present ones any more: time, and time times GPUs.
ALTER TABLE workload ADD COLUMN ran_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE workload ADD COLUMN gpu_ms BIGINT NOT NULL DEFAULT 0;
