import { useState, type FormEvent } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { send } from "../api/ask.ts";
import type { Share } from "../api/shares.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";
import { readTerm } from "./resources.ts";

/** A project, its part of the GPUs, and the queue whose runs it places, in one step. */
export function NewShareDialog({ shares, onClose }: { shares: readonly Share[]; onClose: () => void }) {
  const [problem, setProblem] = useState<Error>();
  const cache = useQueryClient();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? "").trim();
    send("POST", "/api/shares", {
      name: text("name"),
      parent: text("parent") || null,
      queue: text("queue") || null,
      terms: { gpu: { quota: readTerm(text("quota"), "gpu") } },
    })
      .then(() => cache.invalidateQueries({ queryKey: ["shares"] }))
      .then(onClose, setProblem);
  };
  return (
    <Dialog title="New project" onClose={onClose} className="terms">
      <form className="stack fields" onSubmit={submit}>
        <label>
          <span>Name</span>
          <input name="name" required autoFocus pattern="[a-z]([a-z0-9\-]*[a-z0-9])?" maxLength={63} title="Lower case letters, digits and dashes, a letter first" />
        </label>
        <label>
          <span>Part of</span>
          <select name="parent" defaultValue="">
            <option value="">nothing: it stands at the top</option>
            {shares.map((share) => (
              <option key={share.name} value={share.name}>
                {share.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Guaranteed GPUs</span>
          <input name="quota" defaultValue="0" required pattern="any|\d+(\.\d+)?" title="A number of GPUs, or any" size={8} />
        </label>
        <label>
          <span>ClearML queue</span>
          <input name="queue" placeholder="none" title="The queue whose runs it places; made when there is none of that name" />
        </label>
        <Problem error={problem} />
        <div className="row end">
          <button type="submit" className="main">
            Make the project
          </button>
        </div>
      </form>
    </Dialog>
  );
}
