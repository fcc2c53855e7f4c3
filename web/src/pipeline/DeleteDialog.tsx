import { useState } from "react";
import { useNavigate } from "react-router";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "../api/ask.ts";
import { pipelineApi } from "../api/pipelines.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";
import { deletionOf } from "./usePipeline.ts";

/** Deletes a pipeline when its name is typed; says what goes with it. */
export function DeleteDialog({ project, name, onClose }: { project: string; name: string; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [keepRepo, setKeepRepo] = useState(false);
  const navigate = useNavigate();
  const cache = useQueryClient();
  const remove = useMutation({
    mutationKey: deletionOf(project, name),
    onMutate: () => cache.cancelQueries({ queryKey: ["pipeline", project, name] }),
    mutationFn: () => send("DELETE", pipelineApi(project, name), { keepRepo }),
    onSuccess: async () => {
      await navigate("/pipelines");
      cache.removeQueries({ queryKey: ["pipeline", project, name] });
      await cache.invalidateQueries({ queryKey: ["pipelines"] });
    },
  });
  return (
    <Dialog title={`Delete ${name}?`} onClose={onClose} className="ask">
      <p>
        Its jobs and what is known of their datums go{keepRepo ? "; its output stays, as an ordinary repo." : ", and its repo with all versions of its output."} This
        cannot be undone.
      </p>
      <label className="typed">
        <span>
          Type <strong>{name}</strong> to confirm
        </span>
        <input value={typed} spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
      </label>
      <label>
        <input type="checkbox" checked={keepRepo} onChange={(event) => setKeepRepo(event.target.checked)} /> keep the repo with its output
      </label>
      <Problem error={remove.error} />
      <div className="row end">
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="danger" disabled={typed !== name || remove.isPending} onClick={() => remove.mutate()}>
          Delete
        </button>
      </div>
    </Dialog>
  );
}
