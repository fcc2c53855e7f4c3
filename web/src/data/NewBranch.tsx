import { useState, type FormEvent } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "../api/ask.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";
import { repoAddress } from "./address.ts";

/** Asks for a branch's name, and where it is to begin. */
export function NewBranch({ project, repo, from, onClose }: { project: string; repo: string; from: string; onClose: () => void }) {
  const [name, setName] = useState("");
  const [head, setHead] = useState(from);
  const cache = useQueryClient();
  const make = useMutation({
    mutationFn: () => send("POST", `${repoAddress(project, repo)}/branches`, { name, head }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["repo", project, repo] });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Dialog title={`New branch of ${repo}`} onClose={onClose} className="small">
      <form className="form" onSubmit={submit}>
        <label>
          Name
          <input autoFocus required pattern="[A-Za-z0-9_\-]+" title="Letters, digits, _ and -" spellCheck={false} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label>
          Begins at
          <input spellCheck={false} placeholder="a branch or a commit; empty: no commits" value={head} onChange={(event) => setHead(event.target.value)} />
        </label>
        <Problem error={make.error} />
        <div className="buttons">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="main" disabled={make.isPending}>
            Make it
          </button>
        </div>
      </form>
    </Dialog>
  );
}
