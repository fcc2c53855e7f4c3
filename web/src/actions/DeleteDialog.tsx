import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { act, measure, type Done } from "../api/changes.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { bytes, grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { Refused } from "./Refused.tsx";
import { useChange } from "./useChange.ts";

interface DeleteDialogProps {
  runs: { id: string; name: string }[];
  onDone: (done: Done) => void;
  onClose: () => void;
}

/** Says what goes for good, and what stays; the name, or the number of runs, is typed to confirm it. */
export function DeleteDialog({ runs, onDone, onClose }: DeleteDialogProps) {
  const ids = runs.map((run) => run.id);
  const [typed, setTyped] = useState("");
  const [takesFiles, setTakesFiles] = useState(true);
  const remains = useQuery({ queryKey: ["remains", ids], queryFn: () => measure(ids), staleTime: 0 });
  const removal = useChange((files: boolean) => act("delete", ids, { files }), (done) => {
    if (done.refused.length === 0) {
      onDone(done);
    }
  });
  const word = runs.length === 1 ? runs[0]?.name || ids[0]?.slice(0, 8) || "" : String(runs.length);
  const nameOf = (id: string) => runs.find((run) => run.id === id)?.name || id.slice(0, 8);
  return (
    <Dialog title={runs.length === 1 ? `Delete ${word}` : `Delete ${word} runs`} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          removal.mutate(takesFiles);
        }}
      >
        <Problem error={remains.error ?? removal.error} />
        <Refused of={remains.data} nameOf={nameOf} />
        <div>
          <p>For good go: parameters, metrics, plots and the console of {runs.length === 1 ? "this run" : `these ${runs.length} runs`}.</p>
          {remains.data && remains.data.models + remains.data.children > 0 && (
            <p>
              There stay: {[counted(remains.data.models, "model"), counted(remains.data.children, "child run")].filter(Boolean).join(" and ")}.
            </p>
          )}
        </div>
        {remains.data && remains.data.files > 0 && (
          <label>
            <input type="checkbox" checked={takesFiles} onChange={(event) => setTakesFiles(event.target.checked)} />
            and {counted(remains.data.files, "stored file")}, {bytes(remains.data.bytes)}, that nothing else refers to
          </label>
        )}
        <Refused of={removal.data} nameOf={nameOf} />
        <label>
          Type <code>{word}</code> to confirm:
          <input autoFocus value={typed} aria-label="Confirmation" onChange={(event) => setTyped(event.target.value)} />
        </label>
        <div className="row">
          <button type="submit" className="danger" disabled={typed !== word || removal.isPending}>
            Delete
          </button>
          <button type="button" onClick={onClose}>
            Keep
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function counted(count: number, what: string): string {
  return count === 0 ? "" : `${grouped(count)} ${what}${count === 1 ? "" : "s"}`;
}
