import { useState } from "react";
import { act, type RunAction } from "../api/changes.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Problem } from "../ui/Problem.tsx";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { EnqueueDialog } from "./EnqueueDialog.tsx";
import { Refused } from "./Refused.tsx";
import { useChange } from "./useChange.ts";
import "./actions.css";

interface SelectionBarProps {
  runs: { id: string; name: string }[];
  isArchive: boolean;
  /** These are there no more, or not in this list. */
  onGone: (runs: string[]) => void;
  onClear: () => void;
}

/** What one can do with the runs that are selected. */
export function SelectionBar({ runs, isArchive, onGone, onClear }: SelectionBarProps) {
  const [opened, open] = useState<"enqueue" | "delete">();
  const change = useChange((action: RunAction) => act(action, runs.map((run) => run.id)), (done, action) => {
    if (action !== "stop") {
      onGone(done.done);
    }
  });
  const putAway = isArchive ? "restore" : "archive";
  useShortcuts([
    { keys: "s", label: "Stop the selected runs", group: "Selected runs", run: () => change.mutate("stop") },
    { keys: "q", label: "Enqueue the selected runs", group: "Selected runs", run: () => open("enqueue") },
    { keys: "e", label: isArchive ? "Restore the selected runs" : "Archive the selected runs", group: "Selected runs", run: () => change.mutate(putAway) },
    { keys: "#", label: "Delete the selected runs", group: "Selected runs", run: () => open("delete") },
    { keys: "Escape", label: "Select none", group: "Selected runs", run: onClear },
  ]);
  return (
    <>
      <div className="chosenbar" role="group" aria-label="What to do with the selected runs">
        <b>{runs.length} selected</b>
        <button type="button" className="link" onClick={onClear}>
          none
        </button>
        <span className="grow" />
        <button type="button" onClick={() => change.mutate("stop")} title="Stop (s)">
          Stop
        </button>
        <button type="button" onClick={() => open("enqueue")} title="Enqueue (q)">
          Enqueue
        </button>
        <button type="button" onClick={() => change.mutate(putAway)} title={`${isArchive ? "Restore" : "Archive"} (e)`}>
          {isArchive ? "Restore" : "Archive"}
        </button>
        <button type="button" onClick={() => open("delete")} title="Delete (#)">
          Delete
        </button>
      </div>
      <Problem error={change.error} />
      <Refused of={change.data} nameOf={(id) => runs.find((run) => run.id === id)?.name ?? id.slice(0, 8)} />
      {opened === "enqueue" && <EnqueueDialog runs={runs} onClose={() => open(undefined)} />}
      {opened === "delete" && (
        <DeleteDialog
          runs={runs}
          onClose={() => open(undefined)}
          onDone={(done) => {
            open(undefined);
            onGone(done.done);
          }}
        />
      )}
    </>
  );
}
