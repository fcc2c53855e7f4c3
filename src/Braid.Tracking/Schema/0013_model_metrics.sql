-- The newest value of a model's metric on one dataset, as one run measured it; a value that is no number is NULL.
CREATE TABLE model_metric (
  model_id TEXT NOT NULL,
  name_key TEXT NOT NULL,
  dataset_name TEXT NOT NULL,
  dataset_digest TEXT NOT NULL,
  run_id TEXT NOT NULL,
  metric TEXT NOT NULL,
  variant TEXT NOT NULL,
  step BIGINT NOT NULL,
  ms BIGINT NOT NULL,
  value DOUBLE PRECISION,
  PRIMARY KEY (model_id, name_key, dataset_name, dataset_digest, run_id)
);
