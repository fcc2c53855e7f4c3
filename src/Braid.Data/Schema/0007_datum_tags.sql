-- Who wrote an open commit, where writers say so: a tree of the paths written under a datum tag, whose files hold the tag
-- (Braid.Storage's reference), and what the commit will fail with because two of them wrote one path.
ALTER TABLE data_commit ADD COLUMN datum_tags BYTEA;
ALTER TABLE data_commit ADD COLUMN duplicate TEXT NOT NULL DEFAULT '';
