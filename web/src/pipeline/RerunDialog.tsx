import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask, send } from "../api/ask.ts";
import { askPlan } from "../api/plan.ts";
import { pipelineApi, type PipelineDetails } from "../api/pipelines.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";
import { PlanTable } from "./PlanTable.tsx";

/** Runs what did not end well, or everything, again; says first what that would be. */
export function RerunDialog({ project, name, onClose }: { project: string; name: string; onClose: () => void }) {
  const [isAll, setAll] = useState(false);
  const cache = useQueryClient();
  const plan = useQuery({
    queryKey: ["plan", project, name, isAll],
    queryFn: async ({ signal }) => askPlan((await ask<PipelineDetails>(pipelineApi(project, name), signal)).userSpec, isAll, signal),
    staleTime: 0,
    gcTime: 0,
  });
  const run = useMutation({
    mutationFn: () => send("POST", `${pipelineApi(project, name)}/rerun`, { reprocess: isAll }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["pipeline", project, name] });
      onClose();
    },
  });
  return (
    <Dialog title={`Run ${name} again`} onClose={onClose} className="ask">
      <label>
        <input type="checkbox" checked={isAll} onChange={(event) => setAll(event.target.checked)} /> every datum, also those that have not changed
      </label>
      <PlanTable plan={plan.data} isAsking={plan.isFetching} />
      <Problem error={plan.error ?? run.error} />
      <div className="row end">
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="main" disabled={run.isPending} onClick={() => run.mutate()}>
          Run again
        </button>
      </div>
    </Dialog>
  );
}
