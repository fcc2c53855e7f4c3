import { useState } from "react";
import { act } from "../api/changes.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";
import { QueueField } from "./QueueField.tsx";
import { Refused } from "./Refused.tsx";
import { useChange } from "./useChange.ts";

/** Puts runs at the end of a queue, where a worker takes them. */
export function EnqueueDialog({ runs, onClose }: { runs: { id: string; name: string }[]; onClose: () => void }) {
  const [queue, setQueue] = useState("");
  const ids = runs.map((run) => run.id);
  const change = useChange((name: string) => act("enqueue", ids, { queue: name }), (done) => {
    if (done.refused.length === 0) {
      onClose();
    }
  });
  return (
    <Dialog title={runs.length === 1 ? `Enqueue ${runs[0]?.name}` : `Enqueue ${runs.length} runs`} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(queue);
        }}
      >
        <QueueField value={queue} onChange={setQueue} none="Choose a queue" />
        <Problem error={change.error} />
        <Refused of={change.data} nameOf={(id) => runs.find((run) => run.id === id)?.name ?? id} />
        <div className="row">
          <button type="submit" className="main" disabled={!queue || change.isPending}>
            Enqueue
          </button>
        </div>
      </form>
    </Dialog>
  );
}
