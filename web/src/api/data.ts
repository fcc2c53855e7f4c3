import type { RunSummary } from "./runs.ts";

/** `GET /api/data/repos` */
export interface RepoList {
  repos: RepoRow[];
  /** How many there are, of which some are here. */
  count: number;
  projects: string[];
  mayWrite: boolean;
}

export interface RepoSummary {
  project: string;
  name: string;
  description: string;
  role: string;
  created: string;
  branches: number;
  /** Bytes at the head of its branch master. */
  size: number;
}

export interface RepoRow extends RepoSummary {
  lastCommit: string | null;
}

/** `GET /api/data/repos/PROJECT/REPO` */
export interface RepoDetails {
  repo: RepoSummary;
  branches: Branch[];
  mayWrite: boolean;
}

export interface Branch {
  name: string;
  head: Commit | null;
  created: string;
  createdBy: string;
  /** The branches whose moves make commits here: `project/repo@branch`. */
  madeFrom: string[];
  makes: string[];
  trigger: string | null;
}

export type CommitState = "open" | "finishing" | "finished" | "failed" | "forgotten";

export interface Commit {
  id: string;
  branch: string;
  state: CommitState;
  error: string;
  message: string;
  parent: string | null;
  started: string;
  by: string;
  finished: string | null;
  size: number;
  files: number;
  /** Its content comes from other commits. */
  isOutput: boolean;
  job: JobLink | null;
}

/** What leads to a job's page, and to its run's. */
export interface JobLink {
  project: string;
  pipeline: string;
  id: string;
  run: string;
  state: string;
}

/** A commit of any repo. */
export interface CommitLink {
  project: string;
  repo: string;
  branch: string;
  commit: string;
}

/** `GET .../commits` */
export interface CommitPage {
  commits: Commit[];
  /** What `before` is to be for the page after this; null at the end. */
  next: string | null;
}

/** `GET .../commits/COMMIT` */
export interface CommitDetails {
  commit: Commit;
  madeFrom: CommitLink[];
  makes: CommitLink[];
  readBy: RunSummary[];
  mayWrite: boolean;
}

/** `GET .../commits/COMMIT/files`: a file has no children. */
export interface Listing {
  entry: Entry;
  commit: Commit;
  total?: number;
  /** There are more than are counted. */
  isCut?: boolean;
  children?: Entry[];
}

export interface Entry {
  name: string;
  isFolder: boolean;
  /** Of a directory, of all files below it. */
  size: number;
  files: number;
  hash: string;
}

/** `GET .../commits/COMMIT/changes` */
export interface Changes {
  old: Commit | null;
  new: Commit;
  added: number;
  removed: number;
  changed: number;
  isCut: boolean;
  changes: Change[];
}

/** A size is null where the file is not there. */
export interface Change {
  path: string;
  oldSize: number | null;
  newSize: number | null;
}

/** `GET .../commits/COMMIT/history` */
export interface PathHistory {
  changes: { commit: Commit; size: number | null }[];
  /** The commit to go on at. */
  next: string | null;
}
