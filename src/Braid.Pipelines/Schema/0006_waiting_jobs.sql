-- A job that waits for its inputs is 0 (created), and one that is to be planned 1 (starting); both were either.
UPDATE job SET state = CASE WHEN EXISTS (SELECT 1 FROM job_input i WHERE i.job_id = job.id AND NOT i.finished) THEN 0 ELSE 1 END
WHERE state IN (0, 1);
