import { useState, type FormEvent } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "../api/ask.ts";
import type { Branch } from "../api/data.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";
import { repoAddress } from "./address.ts";

/** Says what goes, and asks for the name to be typed. */
export function DeleteBranch({ project, repo, branch, onClose }: { project: string; repo: string; branch: Branch; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const cache = useQueryClient();
  const remove = useMutation({
    mutationFn: () => send("DELETE", `${repoAddress(project, repo)}/branches/${encodeURIComponent(branch.name)}`),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["repo", project, repo] });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    remove.mutate();
  };
  return (
    <Dialog title={`Delete branch ${branch.name}`} onClose={onClose} className="small">
      <form className="form" onSubmit={submit}>
        <p>
          The name <code>{branch.name}</code> goes; the commits that it led to stay{branch.head && <> (its head is <code>{branch.head.id}</code>)</>}.
          {branch.makes.length > 0 && " Branches are made from it, so the server will refuse."}
        </p>
        <label>
          Type the branch's name to delete it
          <input autoFocus spellCheck={false} autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </label>
        <Problem error={remove.error} />
        <div className="buttons">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="danger" disabled={typed !== branch.name || remove.isPending}>
            Delete it
          </button>
        </div>
      </form>
    </Dialog>
  );
}
