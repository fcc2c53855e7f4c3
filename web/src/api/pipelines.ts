import type { JobGlance } from "./jobs.ts";

/** `GET /api/pipelines` */
export interface PipelineList {
  projects: string[];
  count: number;
  pipelines: PipelineRow[];
}

interface PipelineSummary {
  project: string;
  name: string;
  version: number;
  /** starting, running, paused, crashing, standby */
  state: string;
  reason: string;
  /** transform, service, spout */
  kind: string;
  description: string;
  created: string;
  updated: string;
  /** Of its output repo, which has its name. */
  branch: string;
  inputs: PipelineInput[];
}

export interface PipelineRow extends PipelineSummary {
  /** Its newest job. */
  job: JobGlance | null;
  /** Jobs that have not ended. */
  unfinished: number;
  /** When the first of them was made. */
  behindSince: string | null;
  /** Jobs that ended badly since the last good one. */
  failedInARow: number;
}

/** A branch that is read. */
export interface PipelineInput {
  name: string;
  project: string;
  repo: string;
  branch: string;
  glob: string;
  /** When it ticks; null: it reads what others write. */
  cron: string | null;
}

/** `GET /api/pipelines/PROJECT/NAME` */
export interface PipelineDetails extends PipelineSummary {
  createdBy: string;
  parallelism: number;
  spec: Record<string, unknown>;
  /** As its author wrote it, before defaults. */
  userSpec: Record<string, unknown>;
  /** Where a service is reached. */
  address: string | null;
  warnings: string[];
  newest: number;
  versions: { version: number; made: string; commit: string }[];
}

/** `PUT /api/pipelines` */
export interface SpecAnswer {
  project: string;
  name: string;
  version: number;
  warnings: string[];
}

export function pipelinePath(project: string, name: string): string {
  return `/pipelines/${encodeURIComponent(project)}/${encodeURIComponent(name)}`;
}

export function pipelineApi(project: string, name: string): string {
  return `/api${pipelinePath(project, name)}`;
}
