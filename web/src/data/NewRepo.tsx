import { useState, type FormEvent } from "react";
import { useNavigate } from "react-router";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "../api/ask.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";
import { repoPage } from "./address.ts";

/** Asks for a repo's name, and makes it; a project that is not there yet is made with it. */
export function NewRepo({ projects, project, onClose }: { projects: string[]; project: string; onClose: () => void }) {
  const [where, setWhere] = useState(project || (projects.includes("default") ? "default" : (projects[0] ?? "")));
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const navigate = useNavigate();
  const cache = useQueryClient();
  const isNew = where !== "" && !projects.includes(where);
  const make = useMutation({
    mutationFn: async () => {
      if (isNew) {
        await send("POST", "/api/data/projects", { name: where });
      }

      await send("POST", "/api/data/repos", { project: where, name, description });
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ["repos"] }),
    onSuccess: () => void navigate(repoPage(where, name)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Dialog title="New repo" onClose={onClose} className="small">
      <form className="form" onSubmit={submit}>
        <label>
          Name
          <input autoFocus required pattern="[A-Za-z0-9_\-]+" title="Letters, digits, _ and -" spellCheck={false} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label>
          Project
          <input required list="projects" spellCheck={false} value={where} onChange={(event) => setWhere(event.target.value)} />
          <datalist id="projects">
            {projects.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </datalist>
        </label>
        {isNew && <p className="hint">There is no such project: it is made with the repo.</p>}
        <label>
          Description
          <input value={description} onChange={(event) => setDescription(event.target.value)} />
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
