import { useState } from "react";
import { edit, type RunEdit } from "../api/changes.ts";
import type { RunDetails } from "../api/run.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";
import { linesOf, tagsChange } from "./edits.ts";
import { useChange } from "./useChange.ts";

/** What people say about a run: its name, its labels, a note, tags. */
export function EditDialog({ of, onClose }: { of: RunDetails; onClose: () => void }) {
  const own = of.tags.filter((tag) => !tag.key.startsWith("mlflow."));
  const [name, setName] = useState(of.run.name);
  const [labels, setLabels] = useState(of.run.labels.join(", "));
  const [note, setNote] = useState(of.comment);
  const [tags, setTags] = useState(linesOf(own));
  const change = useChange((what: RunEdit) => edit(of.run.id, what), onClose);
  const submit = () =>
    change.mutate({
      name,
      note,
      labels: [...new Set(labels.split(",").map((one) => one.trim()).filter(Boolean))],
      ...tagsChange(own, tags),
    });
  return (
    <Dialog title="Edit" onClose={onClose}>
      <form
        className="stack labelled"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label>
          <span>Name</span> <input autoFocus required value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label>
          <span>Labels</span> <input value={labels} placeholder="best, to discuss" onChange={(event) => setLabels(event.target.value)} />
        </label>
        <label>
          <span>Note</span> <textarea rows={6} value={note} onChange={(event) => setNote(event.target.value)} />
        </label>
        <label>
          <span>Tags</span> <textarea rows={4} className="mono" value={tags} placeholder="key = value, one a line" spellCheck={false} onChange={(event) => setTags(event.target.value)} />
        </label>
        <Problem error={change.error} />
        <div className="row">
          <button type="submit" className="main" disabled={change.isPending}>
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}
