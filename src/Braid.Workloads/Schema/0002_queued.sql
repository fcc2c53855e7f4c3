-- Runs of ClearML's queues as workloads. queue_id: the queue that it waits in, and goes back to. leave_by: when a replica that was told to
-- end, on a machine whose agent is not ours, counts as gone. Queues that have a share are placed from now on.
ALTER TABLE workload ADD COLUMN queue_id TEXT;
ALTER TABLE replica ADD COLUMN leave_by BIGINT;
CREATE INDEX workload_by_queue ON workload (queue_id) WHERE ended IS NULL;
UPDATE queue SET placed = TRUE WHERE id IN (SELECT s.id FROM share s WHERE s.has_queue);
