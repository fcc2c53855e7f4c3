-- How long queues were, now and then. wait: seconds that those in it had waited by then, on average.
CREATE TABLE queue_sample (
  queue_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  length BIGINT NOT NULL,
  wait DOUBLE PRECISION NOT NULL
);
CREATE INDEX queue_sample_by_time ON queue_sample (at);
