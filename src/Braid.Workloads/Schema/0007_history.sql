-- What ended lately is looked at when the past is lived through again under other rules.
CREATE INDEX workload_by_end ON workload (ended) WHERE ended IS NOT NULL;
