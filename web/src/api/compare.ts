import type { Metric, RunDetails, RunInput } from "./run.ts";

/** `GET /api/compare` */
export interface ComparedRun extends Pick<RunDetails, "run" | "comment" | "parameters" | "tags" | "script" | "container" | "configuration" | "runtime" | "datasets" | "worker"> {
  metrics: Metric[];
  inputs: ComparedInput[];
  inputModels: { name: string; id: string }[];
  /** What it took of the machines; null where none were given to it from here. */
  spent: { project: string; gpuHours: number; cpuHours: number | null } | null;
}

/** A commit that a run read. Two of one hash have the same files; null where the commit is gone, or not to be read. */
export interface ComparedInput extends RunInput {
  hash: string | null;
  files: number | null;
  size: number | null;
}
