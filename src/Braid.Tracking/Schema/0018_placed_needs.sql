-- needs: of a run in a queue of which the runs are placed, what it needs of machines: alike for those that need the same. Empty: it is not
-- to be placed now. NULL: nobody has looked at it yet.
ALTER TABLE queue_entry ADD COLUMN needs TEXT;
CREATE INDEX queue_entry_by_needs ON queue_entry (queue_id, needs, place);
