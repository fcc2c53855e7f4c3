import type { PipelineRow } from "../api/pipelines.ts";
import type { JobGlance, Progress } from "../api/jobs.ts";

/** A word for people, and the kind of a status whose sign and colour it has. */
export interface Standing {
  word: string;
  kind: "completed" | "failed" | "stopped" | "in_progress" | "queued" | "created" | "skipped" | "recovered";
}

const jobs: Record<string, Standing> = {
  created: { word: "waits for input", kind: "queued" },
  starting: { word: "starting", kind: "queued" },
  running: { word: "running", kind: "in_progress" },
  egressing: { word: "sending away", kind: "in_progress" },
  finishing: { word: "finishing", kind: "in_progress" },
  success: { word: "done", kind: "completed" },
  failure: { word: "failed", kind: "failed" },
  killed: { word: "killed", kind: "stopped" },
  unrunnable: { word: "input failed", kind: "failed" },
};

const datums: Record<string, Standing> = {
  unknown: { word: "waiting", kind: "queued" },
  starting: { word: "running", kind: "in_progress" },
  success: { word: "processed", kind: "completed" },
  failed: { word: "failed", kind: "failed" },
  skipped: { word: "skipped", kind: "skipped" },
  recovered: { word: "recovered", kind: "recovered" },
};

export function jobStanding(state: string): Standing {
  return jobs[state] ?? { word: state, kind: "created" };
}

export function datumStanding(state: string): Standing {
  return datums[state] ?? { word: state, kind: "created" };
}

/** What one wants to know of a pipeline at once: that it is stopped or cannot run, else how its newest job stands. */
export function pipelineStanding({ state, job }: Pick<PipelineRow, "state" | "job">): Standing {
  if (state === "paused") {
    return { word: "stopped", kind: "stopped" };
  }

  if (state === "crashing") {
    return { word: "crashing", kind: "failed" };
  }

  return job ? jobStanding(job.state) : { word: state === "standby" ? "standby" : "idle", kind: "created" };
}

/** How many datums of a job have ended, of how many; empty while that is not known. */
export function ended(progress: Progress): string {
  return progress.total > 0 ? `${progress.processed + progress.skipped + progress.failed + progress.recovered}/${progress.total}` : "";
}

export function reasonOf(pipeline: Pick<PipelineRow, "reason"> & { job: JobGlance | null }): string {
  return pipeline.reason || (pipeline.job?.reason ?? "");
}
