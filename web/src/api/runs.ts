/** A run in a list. Times are ISO 8601 in UTC. */
export interface RunSummary {
  id: string;
  name: string;
  project: string;
  type: string;
  status: string;
  statusReason: string;
  statusMessage: string;
  parent: string | null;
  user: string;
  created: string;
  started: string | null;
  completed: string | null;
  lastIteration: number;
  labels: string[];
  /** Put away: in the trash, or by a ClearML client. */
  archived: boolean;
}

/** A row of `GET /api/runs`: the cells are those of the columns that were asked for; a number that is none is null. */
export interface RunRow extends RunSummary {
  cells: Record<string, string | number | null>;
}

export interface RunPage {
  runs: RunRow[];
  /** What `page` is to be for the page after this; null at the end. */
  next: string | null;
}

/** `GET /api/runs/columns` */
export interface RunKeys {
  params: string[];
  metrics: string[];
}

/** `GET /api/projects` */
export interface ProjectSummary {
  name: string;
  runs: number;
}

/** What ends never changes by itself. */
export function hasEnded(status: string): boolean {
  return !["created", "queued", "in_progress", "publishing"].includes(status);
}
