-- When a trigger that goes by the clock last fired, or was set; null where the branch has none.
ALTER TABLE branch ADD COLUMN trigger_at BIGINT;

-- Few branches have triggers, and every commit that finishes asks for those of its repo.
CREATE INDEX branch_with_trigger ON branch (repo_id) WHERE trigger_spec IS NOT NULL;
