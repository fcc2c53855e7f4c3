import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useOutletContext, useParams } from "react-router";
import { ask } from "../api/ask.ts";
import { useRunEvents } from "../api/live.ts";
import type { LogSlice, Metric, RunDetails } from "../api/run.ts";
import { hasEnded } from "../api/runs.ts";

/** The run that the path names, and all that was asked of it kept fresh as long as it goes on. */
export function useRun() {
  const { id = "" } = useParams();
  const cache = useQueryClient();
  const run = useQuery({
    queryKey: ["run", id],
    queryFn: ({ signal }) => ask<RunDetails>(`/api/runs/${id}`, signal),
  });
  useRunEvents(id, run.data !== undefined && !hasEnded(run.data.run.status), {
    onChanged: () => void cache.invalidateQueries({ queryKey: ["run", id] }),
    onLog: (last) =>
      cache.setQueryData<LogSlice>(logTotalKey(id), (known) => ({ lines: [], total: Math.max(known?.total ?? 0, last + 1) })),
  });
  return run;
}

/** What the tabs of a run's page are given by it. */
export function useShownRun(): RunDetails {
  return useOutletContext<RunDetails>();
}

export function useMetrics(id: string) {
  return useQuery({
    queryKey: ["run", id, "metrics"],
    queryFn: async ({ signal }) => (await ask<{ metrics: Metric[] }>(`/api/runs/${id}/metrics`, signal)).metrics,
  });
}

/** Outside of what a change of the run makes stale: lines are never rewritten. */
export function logTotalKey(id: string): string[] {
  return ["log", id, "total"];
}
