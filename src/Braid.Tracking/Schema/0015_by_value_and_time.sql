-- Runs are found by what the values of parameters and tags, and names, begin with: a whole one may be longer than an index takes.
{binary_collation}
CREATE INDEX parameter_by_value ON parameter
  (SUBSTR(name, 1, 64) COLLATE "binary", SUBSTR(value, 1, 64) COLLATE "binary", owner_id);
CREATE INDEX tag_by_value ON tag
  (SUBSTR(key, 1, 64) COLLATE "binary", SUBSTR(value, 1, 64) COLLATE "binary", owner_id);
CREATE INDEX run_by_name ON run (SUBSTR(name, 1, 64) COLLATE "binary");
-- The runs of a project that started last, without sorting the others.
CREATE INDEX run_by_project_start ON run (project_id, started);

-- Which times a block holds, and how many different samples, so that a page of a history is read without the rest. Of older blocks it
-- is not known.
ALTER TABLE series_block ADD COLUMN min_ms BIGINT;
ALTER TABLE series_block ADD COLUMN max_ms BIGINT;
ALTER TABLE series_block ADD COLUMN samples BIGINT;
