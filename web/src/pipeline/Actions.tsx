import { useState } from "react";
import { useNavigate } from "react-router";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "../api/ask.ts";
import { pipelineApi, pipelinePath, type PipelineDetails } from "../api/pipelines.ts";
import { Problem } from "../ui/Problem.tsx";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { RerunDialog } from "./RerunDialog.tsx";

/** What can be done with a pipeline. */
export function Actions({ of: pipeline }: { of: PipelineDetails }) {
  const { project, name, state, inputs } = pipeline;
  const [asks, setAsks] = useState<"rerun" | "delete" | undefined>();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const act = useMutation({
    mutationFn: (what: "start" | "stop" | "tick") => send("POST", `${pipelineApi(project, name)}/${what}`, {}),
    onSettled: () => cache.invalidateQueries({ queryKey: ["pipeline", project, name] }),
  });
  const close = () => setAsks(undefined);
  return (
    <>
      <div className="actions row">
        {state === "paused" ? (
          <button type="button" disabled={act.isPending} title="New data makes jobs again" onClick={() => act.mutate("start")}>
            Start
          </button>
        ) : (
          <button type="button" disabled={act.isPending} title="Kills its jobs; new data makes none until it is started" onClick={() => act.mutate("stop")}>
            Stop
          </button>
        )}
        {inputs.some((input) => input.cron !== null) && (
          <button type="button" disabled={act.isPending || state === "paused"} title="Ticks its cron inputs now" onClick={() => act.mutate("tick")}>
            Run cron
          </button>
        )}
        <button type="button" onClick={() => setAsks("rerun")}>
          Run again
        </button>
        <button type="button" title="Edit the spec (e)" onClick={() => void navigate(`${pipelinePath(project, name)}/edit`)}>
          Edit
        </button>
        <button type="button" className="danger" onClick={() => setAsks("delete")}>
          Delete
        </button>
      </div>
      <Problem error={act.error} />
      {asks === "rerun" && <RerunDialog project={project} name={name} onClose={close} />}
      {asks === "delete" && <DeleteDialog project={project} name={name} onClose={close} />}
    </>
  );
}
