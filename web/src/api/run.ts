import type { CommitLink, JobLink } from "./data.ts";
import type { ModelSummary } from "./models.ts";
import type { RunSummary } from "./runs.ts";

/** `GET /api/runs/ID` */
export interface RunDetails {
  run: RunSummary;
  comment: string;
  worker: string;
  parameters: Parameter[];
  tags: { key: string; value: string }[];
  script: Script | null;
  container: Record<string, unknown> | null;
  configuration: Record<string, unknown> | null;
  runtime: Record<string, unknown> | null;
  inputs: RunInput[];
  /** The job of a pipeline that it is, and the commits that such a job makes. */
  job: JobLink | null;
  outputs: CommitLink[];
  datasets: Dataset[];
  /** What it made. */
  models: ModelSummary[];
  /** What it read, under its names for them. */
  loaded: { as: string; model: ModelSummary }[];
  children: RunSummary[];
}

export interface Parameter {
  section: string;
  name: string;
  value: string;
}

/** A commit that the run read. */
export interface RunInput {
  name: string;
  repo: string;
  branch: string;
  commit: string;
}

/** A dataset that the program named. */
export interface Dataset {
  name: string;
  digest: string;
  sourceType: string;
  source: string;
}

/** What ClearML's client and `braid run` say about the code; any part may be missing. */
export interface Script {
  repository?: string;
  branch?: string;
  tag?: string;
  version_num?: string;
  entry_point?: string;
  working_dir?: string;
  binary?: string;
  diff?: string;
  requirements?: Record<string, unknown>;
}

/** `GET /api/runs/ID/metrics` */
export interface Metric {
  key: string;
  count: number;
  last: number | null;
  lastStep: number | null;
  min: number | null;
  max: number | null;
}

/** `GET /api/curves` */
export interface Curve {
  run: string;
  key: string;
  x: number[];
  y: (number | null)[];
  low?: (number | null)[];
  high?: (number | null)[];
}

/** `GET /api/runs/ID/log` */
export interface LogSlice {
  total: number;
  lines: LogLine[];
}

/** `GET /api/runs/ID/log/workers` */
export interface LogWorkers {
  workers: { worker: string; lines: number }[];
  /** Of the worker that was asked for: a first place and a count, again and again. */
  places: number[];
}

export interface LogLine {
  /** Its place, from 0. */
  number: number;
  /** Milliseconds since 1970. */
  time: number;
  worker: string;
  level: string;
  abandoned: boolean;
  text: string;
}

/** `GET /api/runs/ID/files` */
export interface FileList {
  files: StoredFile[];
  artifacts: NamedArtifact[];
}

export interface StoredFile {
  name: string;
  path: string;
  isFolder: boolean;
  size: number;
  modified: string;
}

export interface NamedArtifact {
  key: string;
  mode: string;
  type: string;
  uri: string;
  size: number | null;
  hash: string;
}

/** A parameter as one key, as the table of runs names its columns. */
export function parameterKey(parameter: Parameter): string {
  return parameter.section === "General" ? parameter.name : `${parameter.section}/${parameter.name}`;
}
