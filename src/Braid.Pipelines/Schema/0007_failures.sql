-- failure: what went wrong in the first of its datums that failed for good, where the datum's attempt said it in words.
ALTER TABLE job ADD COLUMN failure TEXT NOT NULL DEFAULT '';
