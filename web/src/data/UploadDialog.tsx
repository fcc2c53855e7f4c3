import { useEffect, useRef, useState, type FormEvent } from "react";
import { Link } from "react-router";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Dialog } from "../ui/Dialog.tsx";
import { bytes, grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { placePage } from "./address.ts";
import { pathIn, upload, type NewFile } from "./upload.ts";

/** So many names are shown; the rest is counted. */
const mostShown = 8;

interface UploadDialogProps {
  project: string;
  repo: string;
  branch: string;
  folder: string;
  files: NewFile[];
  onClose: () => void;
}

/** Asks where some files go and what their commit says, puts them, and tells how far it is. */
export function UploadDialog({ project, repo, branch, folder: before, files, onClose }: UploadDialogProps) {
  const [folder, setFolder] = useState(before);
  const [message, setMessage] = useState("");
  const [sent, setSent] = useState(0);
  const stop = useRef<AbortController>(undefined);
  const cache = useQueryClient();
  const total = files.reduce((sum, one) => sum + one.file.size, 0);
  const put = useMutation({
    mutationFn: () => {
      stop.current = new AbortController();
      setSent(0);
      return upload({ project, repo, branch, folder, message, files }, setSent, stop.current.signal);
    },
    onSuccess: () => Promise.all([cache.invalidateQueries({ queryKey: ["repo", project, repo] }), cache.invalidateQueries({ queryKey: ["place", project, repo] })]),
  });
  useEffect(() => () => stop.current?.abort(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    put.mutate();
  };
  if (put.data) {
    return (
      <Dialog title="Uploaded" onClose={onClose} className="small">
        <div className="form">
          <p>
            {named(files.length)}, {bytes(total)}, in one commit:{" "}
            <Link to={placePage({ project, repo, commit: put.data.id, path: [] })} onClick={onClose}>
              <code>{put.data.id.slice(0, 12)}</code>
            </Link>
            .
          </p>
          <div className="buttons">
            <button type="button" className="main" autoFocus onClick={onClose}>
              Done
            </button>
          </div>
        </div>
      </Dialog>
    );
  }

  const isStopped = put.error?.name === "AbortError";
  return (
    <Dialog title={`Upload ${named(files.length)} to ${branch}`} onClose={onClose} className="small">
      <form className="form" onSubmit={submit}>
        <ul className="picked">
          {files.slice(0, mostShown).map((one) => (
            <li key={one.path} className="spread">
              <span className="cut mono">{pathIn(folder, one.path)}</span>
              <span className="hint">{bytes(one.file.size)}</span>
            </li>
          ))}
          {files.length > mostShown && <li className="hint">and {grouped(files.length - mostShown)} more</li>}
        </ul>
        <label>
          Folder
          <input spellCheck={false} placeholder="/" value={folder} onChange={(event) => setFolder(event.target.value)} />
        </label>
        <label>
          Message
          <input autoFocus placeholder="What changed, and why" value={message} onChange={(event) => setMessage(event.target.value)} />
        </label>
        <p className="hint">One commit, in which files of the same paths are replaced. If it fails, nothing is left of it.</p>
        {put.isPending && <progress aria-label="Sent" max={Math.max(total, 1)} value={Math.min(sent, total)} />}
        {isStopped ? <p role="status">Stopped; nothing was put.</p> : <Problem error={put.error} />}
        <div className="buttons">
          {put.isPending ? (
            <>
              <span className="hint" role="status">
                {bytes(Math.min(sent, total))} of {bytes(total)}
              </span>
              <button type="button" onClick={() => stop.current?.abort()}>
                Stop
              </button>
            </>
          ) : (
            <>
              <button type="button" onClick={onClose}>
                Cancel
              </button>
              <button type="submit" className="main">
                Upload {bytes(total)}
              </button>
            </>
          )}
        </div>
      </form>
    </Dialog>
  );
}

function named(count: number): string {
  return count === 1 ? "1 file" : `${grouped(count)} files`;
}
