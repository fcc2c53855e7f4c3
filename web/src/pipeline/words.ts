import type { Standing } from "../pipelines/states.ts";

const states: Record<string, Standing> = {
  starting: { word: "starting", kind: "queued" },
  running: { word: "running", kind: "in_progress" },
  paused: { word: "stopped", kind: "stopped" },
  crashing: { word: "crashing", kind: "failed" },
  standby: { word: "standby", kind: "created" },
};

/** What a pipeline itself does, whatever its jobs do. */
export function pipelineWord(state: string): Standing {
  return states[state] ?? { word: state, kind: "created" };
}
