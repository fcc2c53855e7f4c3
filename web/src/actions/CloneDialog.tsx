import { useState } from "react";
import { useNavigate } from "react-router";
import { clone } from "../api/changes.ts";
import { parameterKey, type Parameter, type RunDetails } from "../api/run.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";
import { QueueField } from "./QueueField.tsx";
import { useChange } from "./useChange.ts";

/** A new draft of the same program: with parameters that can be edited first, and at once into a queue. */
export function CloneDialog({ of, onClose }: { of: RunDetails; onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState(`${of.run.name} (copy)`);
  const [queue, setQueue] = useState("");
  const [edited, setEdited] = useState<ReadonlyMap<number, string>>(new Map());
  const [refusal, setRefusal] = useState<{ id: string; message: string }>();
  const change = useChange(clone.bind(undefined, of.run.id), (made) => {
    if (made.refused) {
      setRefusal({ id: made.id, message: made.refused });
    } else {
      onClose();
      void navigate(`/runs/${made.id}`);
    }
  });
  const submit = () =>
    change.mutate({ name, queue: queue || undefined, parameters: edited.size > 0 ? withEdits(of.parameters, edited) : undefined });
  return (
    <Dialog title={`Clone ${of.run.name}`} className="wide" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="fields">
          <label>
            Name <input autoFocus value={name} required onChange={(event) => setName(event.target.value)} />
          </label>
          <QueueField value={queue} onChange={setQueue} none="None: leave it a draft" />
        </div>
        {of.parameters.length > 0 && (
          <div className="wide">
            <table className="plain">
              <tbody>
                {of.parameters.map((one, at) => (
                  <tr key={parameterKey(one)}>
                    <th scope="row">{parameterKey(one)}</th>
                    <td>
                      <input
                        className="mono whole"
                        aria-label={parameterKey(one)}
                        value={edited.get(at) ?? one.value}
                        onChange={(event) => setEdited(new Map([...edited, [at, event.target.value]]))}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <Problem error={change.error} />
        {refusal && (
          <p className="problem" role="alert">
            The clone was made, and is a draft: {refusal.message}
            <button type="button" onClick={() => void navigate(`/runs/${refusal.id}`)}>
              Open it
            </button>
          </p>
        )}
        <div className="row">
          <button type="submit" className="main" disabled={change.isPending || refusal !== undefined}>
            {queue ? "Clone and enqueue" : "Clone"}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function withEdits(parameters: Parameter[], edited: ReadonlyMap<number, string>): Parameter[] {
  return parameters.map((one, at) => ({ section: one.section, name: one.name, value: edited.get(at) ?? one.value }));
}
