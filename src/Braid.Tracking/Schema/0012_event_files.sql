-- TensorBoard's event files that runs are fed from, as far as they were taken: written with what was taken. beginning: which file
-- of that name it was. Another attempt (writer) of a job reads its files from their starts.
CREATE TABLE event_file (
  run_id TEXT NOT NULL,
  writer TEXT NOT NULL,
  path TEXT NOT NULL,
  beginning BIGINT NOT NULL,
  next_offset BIGINT NOT NULL,
  dead BOOLEAN NOT NULL,
  first_ms BIGINT,
  last_ms BIGINT,
  records BIGINT NOT NULL,
  damaged BIGINT NOT NULL,
  too_long BIGINT NOT NULL,
  points BIGINT NOT NULL,
  plots BIGINT NOT NULL,
  samples BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  parameters BIGINT NOT NULL,
  left_out BIGINT NOT NULL,
  PRIMARY KEY (run_id, writer, path)
);

-- What the tags of a directory's files mean: only the first value of a tag says it.
CREATE TABLE event_tag (
  run_id TEXT NOT NULL,
  directory TEXT NOT NULL,
  tag TEXT NOT NULL,
  plugin TEXT NOT NULL,
  PRIMARY KEY (run_id, directory, tag)
);
