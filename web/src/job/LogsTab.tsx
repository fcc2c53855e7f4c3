import { useQueryClient } from "@tanstack/react-query";
import { jobHasEnded } from "../api/jobs.ts";
import { useRunEvents } from "../api/live.ts";
import type { LogSlice } from "../api/run.ts";
import { Console } from "../console/Console.tsx";
import { logTotalKey } from "../run/useRun.ts";
import { useShownJob } from "./useJob.ts";

/** What the programs and workers of the job wrote: it is kept with the job's run. */
export function LogsTab() {
  const { run, state } = useShownJob();
  const cache = useQueryClient();
  const hasEnded = jobHasEnded(state);
  useRunEvents(run, !hasEnded, {
    onChanged: () => void cache.invalidateQueries({ queryKey: logTotalKey(run) }),
    onLog: (last) => cache.setQueryData<LogSlice>(logTotalKey(run), (known) => ({ lines: [], total: Math.max(known?.total ?? 0, last + 1) })),
  });
  return <Console run={run} status={hasEnded ? "completed" : "in_progress"} />;
}
