-- The repos that a job's pair may write to, as readable_repos are written.
ALTER TABLE access_key ADD COLUMN writable_repos TEXT;
