-- Runs whose artifacts are a version of a data set, and the commit that it becomes. state: waiting, done, failed.
-- noted: who is next; the repo is known before the commit is.
CREATE TABLE dataset_version (
  run_id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL,
  state TEXT NOT NULL,
  repo TEXT NOT NULL,
  branch TEXT NOT NULL,
  commit_id TEXT NOT NULL,
  problem TEXT NOT NULL,
  noted BIGINT NOT NULL
);
CREATE INDEX dataset_version_by_state ON dataset_version (state, noted);
CREATE INDEX dataset_version_by_project ON dataset_version (project_id);
