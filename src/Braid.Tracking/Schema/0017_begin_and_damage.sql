-- The runs of a project that began last, those that have not started by when they were made, without sorting the others.
CREATE INDEX run_by_project_begin ON run (project_id, (COALESCE(started, created)));

-- Why a batch cannot be read, which is then set aside; NULL: it waits.
ALTER TABLE series_inbox ADD COLUMN damage TEXT;
