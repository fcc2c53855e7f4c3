import { Refusal } from "./ask.ts";

/** A line of `POST /api/plan`: what would be done with the datums of a pipeline. */
export interface PlannedPipeline {
  pipeline: string;
  new: boolean;
  run: number;
  skip: number;
  /** Datums that there would be no more. */
  gone: number;
  reasons: Record<string, number>;
  /** Pipelines that have to run before more can be said. */
  awaits: string[];
}

/** What a spec would set going, those upstream first. */
export async function askPlan(spec: unknown, reprocess: boolean, signal?: AbortSignal): Promise<PlannedPipeline[]> {
  const answer = await fetch("/api/plan", {
    method: "POST",
    body: JSON.stringify({ spec, reprocess }),
    headers: { "content-type": "application/json" },
    signal,
  });
  const text = await answer.text();
  if (!answer.ok) {
    const { code, message } = JSON.parse(text) as { code: string; message: string };
    throw new Refusal(answer.status, code, message);
  }

  const lines = text.split("\n").filter(Boolean).map((line) => JSON.parse(line) as PlannedPipeline | { failed: string });
  return lines.map((line) => {
    if ("failed" in line) {
      throw new Refusal(answer.status, "web.plan-failed", line.failed);
    }

    return line;
  });
}
