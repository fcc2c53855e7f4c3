import { useState } from "react";
import { useNavigate } from "react-router";
import { act, type RunAction } from "../api/changes.ts";
import type { RunDetails } from "../api/run.ts";
import { hasEnded } from "../api/runs.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";
import { CloneDialog } from "./CloneDialog.tsx";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { EditDialog } from "./EditDialog.tsx";
import { EnqueueDialog } from "./EnqueueDialog.tsx";
import { Refused } from "./Refused.tsx";
import { useChange } from "./useChange.ts";
import "./actions.css";

type Opened = "edit" | "clone" | "enqueue" | "delete";

/** What one can do with the run that is shown. */
export function RunActions({ of }: { of: RunDetails }) {
  const { run } = of;
  const [opened, open] = useState<Opened>();
  const navigate = useNavigate();
  const change = useChange((action: RunAction) => act(action, [run.id]));
  const close = () => open(undefined);
  const isOpen = !hasEnded(run.status) && run.status !== "created";
  useShortcuts([
    { keys: "e", label: "Edit name, labels, note, tags", group: "Run", run: () => open("edit") },
    { keys: "d", label: "Clone", group: "Run", run: () => open("clone") },
    { keys: "#", label: "Delete", group: "Run", run: () => open("delete") },
  ]);
  return (
    <>
      <div className="actions" role="group" aria-label="What to do with this run">
        <button type="button" onClick={() => open("edit")} title="Edit (e)">
          <Icon name="edit" /> Edit
        </button>
        <button type="button" onClick={() => open("clone")} title="Clone (d)">
          <Icon name="copy" /> Clone
        </button>
        {run.status === "created" && (
          <button type="button" onClick={() => open("enqueue")}>
            Enqueue
          </button>
        )}
        {isOpen && (
          <button type="button" onClick={() => change.mutate("stop")} disabled={change.isPending}>
            Stop
          </button>
        )}
        <button type="button" onClick={() => change.mutate(run.archived ? "restore" : "archive")} disabled={change.isPending}>
          {run.archived ? "Restore" : "Archive"}
        </button>
        <button type="button" onClick={() => open("delete")} title="Delete (#)">
          Delete
        </button>
      </div>
      <Problem error={change.error} />
      <Refused of={change.data} nameOf={() => run.name} />
      {opened === "edit" && <EditDialog of={of} onClose={close} />}
      {opened === "clone" && <CloneDialog of={of} onClose={close} />}
      {opened === "enqueue" && <EnqueueDialog runs={[run]} onClose={close} />}
      {opened === "delete" && <DeleteDialog runs={[run]} onClose={close} onDone={() => void navigate("/runs")} />}
    </>
  );
}
