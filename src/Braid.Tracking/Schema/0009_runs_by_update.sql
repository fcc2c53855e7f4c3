-- The newest runs, of a project or of all, without sorting the others.
CREATE INDEX run_by_project_update ON run (project_id, last_update);
CREATE INDEX run_by_update ON run (last_update);
