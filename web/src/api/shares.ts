/** So much of the machines. */
export interface Parts {
  gpus: number;
  cpu_millicores: number;
  memory_bytes: number;
}

/** What a share may have of one resource; -1 is any amount. */
export interface ResourceTerms {
  quota: number;
  limit: number;
  weight: number;
}

export interface ShareTerms {
  gpu: ResourceTerms;
  /** In thousandths of a processor. */
  cpu: ResourceTerms;
  /** In bytes. */
  memory: ResourceTerms;
  priority: number;
}

/** A project or department of `GET /api/shares`. */
export interface Share {
  name: string;
  parent?: string;
  queue?: string;
  is_department: boolean;
  terms: ShareTerms;
  held: Parts;
  wanted: Parts;
  running: number;
  waiting: number;
}

/** `GET /api/shares/fair` */
export interface FairShareList {
  shares: { name: string; fair_share: Parts }[];
}

/** A machine of `GET /api/nodes`. */
export interface Machine {
  name: string;
  pool: string;
  is_alive: boolean;
  is_cordoned: boolean;
  last_seen: string;
  agent_version: string;
  executors: string[];
  labels: Record<string, string>;
  taints: string[];
  gpus: { index: number; name: string; memory_bytes: number; mig_profile?: string }[];
  has: Parts;
  held: Parts;
  replicas: number;
}

/** A workload of `GET /api/workloads`, without what only one that is asked for has. */
export interface Workload {
  id: string;
  name: string;
  project: string;
  kind: string;
  state: string;
  user: string;
  message: string;
  created: string;
  started?: string;
  ended?: string;
  priority: number;
  is_preemptible: boolean;
  wanted: Parts;
  held: Parts;
  replicas: { name: string; state: string; node?: string; message: string }[];
}

/** `GET /api/workloads/ID/explain` */
export interface Explanation {
  prospect: "runs" | "starts" | "promised" | "displaced" | "waits";
  reasons: { code: string; text: string }[];
  ahead: string[];
  changes: string[];
  starts_at?: string;
  start_reason: string;
  shares: ShareStanding[];
}

/** In GPUs. */
export interface ShareStanding {
  name: string;
  quota: number;
  fair_share: number;
  held: number;
  wanted: number;
}

/** The answer of `POST /api/whatif`. */
export interface Supposition {
  changes: { id: string; name: string; project: string; before: string; after: string; reasons: { code: string; text: string }[] }[];
}

/** A queue of `GET /api/queues`. */
export interface Queue {
  id: string;
  name: string;
  title: string;
  /** The project that places its runs. */
  share: string | null;
  waiting: number;
}

/** `GET /api/queues/ID` */
export interface FilledQueue extends Queue {
  entries: QueueEntry[];
}

export interface QueueEntry {
  run: string;
  added: string;
  name: string;
  project: string;
  user: string;
  message: string;
}

/** `GET /api/shares/history`: what projects had, on average of each step. */
export interface UseOverTime {
  since: string;
  step_seconds: number;
  shares: { name: string; means: Parts[] }[];
}
