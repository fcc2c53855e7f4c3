-- Who may have how much of the machines: a tree of shares (Run:ai's departments and projects). id: of the queue whose runs it
-- places (ClearML's), when has_queue; namespace: Kubernetes' name of it. terms: a JSON object, see ShareTerms.
CREATE TABLE share (
  name TEXT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  has_queue BOOLEAN NOT NULL,
  parent TEXT,
  namespace TEXT NOT NULL,
  created BIGINT NOT NULL,
  terms TEXT NOT NULL
);

-- A machine whose agent asks for work. agent: which one; epoch: of its process. machine: a JSON object, see Machine. cordoned: nothing new
-- is placed there.
CREATE TABLE node (
  name TEXT PRIMARY KEY,
  agent TEXT NOT NULL,
  epoch TEXT NOT NULL,
  registered BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  cordoned BOOLEAN NOT NULL,
  machine TEXT NOT NULL
);

-- What is to run: groups of replicas that are placed together. id: of its run. spec: a JSON object, see WorkloadSpec; status: what
-- its kind keeps about it. waiting: why it waits. started: first; last_start: of all that must run
-- together. look_at: when it is to be looked at, though nothing happens. An ended one keeps its row as long as its run has one.
CREATE TABLE workload (
  id TEXT PRIMARY KEY,
  share TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  user_name TEXT NOT NULL,
  project_id TEXT NOT NULL,
  spec TEXT NOT NULL,
  status TEXT NOT NULL,
  state TEXT NOT NULL,
  suspended BOOLEAN NOT NULL,
  waiting TEXT NOT NULL,
  created BIGINT NOT NULL,
  started BIGINT,
  last_start BIGINT,
  stale_since BIGINT,
  ended BIGINT,
  look_at BIGINT,
  fence BIGINT NOT NULL
);
CREATE INDEX workload_to_look_at ON workload (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX workload_live ON workload (created) WHERE ended IS NULL;
CREATE INDEX workload_by_share ON workload (share, created);

-- One program of a workload, and its present attempt. fence: number of the attempt, from its workload's counter; what an older one
-- reports is refused. promise: the place that it is to get, a JSON object. devices:
-- a JSON list of the numbers of the node's GPUs that it has. keys: the access key that the attempt's program has. lines: how many lines of its output are kept.
-- release: why it is being stopped.
CREATE TABLE replica (
  workload_id TEXT NOT NULL,
  name TEXT NOT NULL,
  group_name TEXT NOT NULL,
  place BIGINT NOT NULL,
  state TEXT NOT NULL,
  fence BIGINT NOT NULL,
  restarts BIGINT NOT NULL,
  node TEXT,
  devices TEXT NOT NULL,
  promise TEXT,
  keys TEXT,
  lines BIGINT NOT NULL,
  release TEXT NOT NULL,
  message TEXT NOT NULL,
  exit_code BIGINT,
  placed BIGINT,
  started BIGINT,
  ended BIGINT,
  PRIMARY KEY (workload_id, name)
);
CREATE INDEX replica_by_node ON replica (node, state) WHERE node IS NOT NULL;

-- What happened to a workload, for people.
CREATE TABLE workload_event (
  id {identity},
  workload_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX workload_event_by_workload ON workload_event (workload_id, id);
