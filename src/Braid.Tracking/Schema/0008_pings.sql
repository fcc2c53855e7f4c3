-- When the run's program last said that it lives; null: it never did, as MLflow's never do.
ALTER TABLE run ADD COLUMN pinged BIGINT;
