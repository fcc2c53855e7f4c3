-- Small batches of runs' points as they arrived (docs/formats/series-batch.md), until they are folded into their series.
CREATE TABLE series_inbox (
  sequence {identity},
  run_id TEXT NOT NULL,
  writer TEXT NOT NULL,
  arrived BIGINT NOT NULL,
  bytes BYTEA NOT NULL
);
CREATE INDEX series_inbox_by_run ON series_inbox (run_id, sequence);

-- Another number whenever series of the run go: a series that was there is there as long as the number stays. A run that is made
-- begins with its time, so that none made later with the same id has its number.
ALTER TABLE run ADD COLUMN series_epoch BIGINT NOT NULL DEFAULT 0;
