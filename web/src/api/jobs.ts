import { placePage } from "../data/address.ts";
import type { RunInput } from "./run.ts";
import { pipelineApi } from "./pipelines.ts";

/** A job in a list of pipelines. Times are ISO 8601 in UTC. */
export interface JobGlance {
  /** Its commit set's. */
  id: string;
  run: string;
  /** created, starting, running, egressing, finishing, success, failure, killed, unrunnable */
  state: string;
  reason: string;
  progress: Progress;
  created: string;
  started: string | null;
  finished: string | null;
}

export interface Progress {
  processed: number;
  skipped: number;
  failed: number;
  recovered: number;
  total: number;
}

export interface JobSummary extends JobGlance {
  project: string;
  pipeline: string;
  version: number;
  /** How often work of it was taken from a lost worker. */
  restarts: number;
}

/** `GET /api/pipelines/PROJECT/NAME/jobs` */
export interface JobList {
  jobs: JobSummary[];
  /** What `before` is to be for the page after this; null at the end. */
  next: string | null;
}

/** `GET /api/pipelines/PROJECT/NAME/jobs/ID` */
export interface JobDetails extends JobSummary {
  branch: string;
  stats: Stats;
  inputs: RunInput[];
  workers: { name: string; begun: string; files: string[] }[];
  /** The jobs of its commit set, those upstream first. */
  set: JobSummary[];
}

export interface Stats {
  downloadSeconds: number;
  processSeconds: number;
  uploadSeconds: number;
  downloadBytes: number;
  uploadBytes: number;
}

/** `GET .../jobs/ID/datums` */
export interface DatumList {
  datums: DatumSummary[];
  /** What `after` is to be for the page after this; null at the end. */
  next: string | null;
}

export interface DatumSummary {
  id: string;
  /** unknown, starting, success, failed, skipped, recovered */
  state: string;
  reason: string;
  /** The first of what it reads. */
  paths: string[];
  seconds: number;
}

/** `GET .../datums/DATUM` */
export interface DatumDetails extends DatumSummary {
  files: DatumFile[];
  stats: Stats;
}

export interface DatumFile {
  name: string;
  /** project/name */
  repo: string;
  branch: string;
  commit: string;
  path: string;
  isFolder: boolean;
  size: number;
  hash: string;
}

export function jobPath(project: string, pipeline: string, id: string): string {
  return `/jobs/${encodeURIComponent(project)}/${encodeURIComponent(pipeline)}/${id}`;
}

export function jobApi(project: string, pipeline: string, id: string): string {
  return `${pipelineApi(project, pipeline)}/jobs/${id}`;
}

/** Where the files of a commit are shown. */
export function filesPath(repo: string, commit: string, path = ""): string {
  const [project = "", name = ""] = repo.split("/");
  return placePage({ project, repo: name, commit, path: path.split("/").filter(Boolean) });
}

/** A job that ended never changes by itself. */
export function jobHasEnded(state: string): boolean {
  return ["success", "failure", "killed", "unrunnable"].includes(state);
}
