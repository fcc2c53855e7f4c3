import { useState, type FormEvent, type ReactNode } from "react";
import { Dialog } from "./Dialog.tsx";
import { Problem } from "./Problem.tsx";

interface ConfirmProps {
  title: string;
  /** What the button says, and does. */
  action: string;
  /** To be typed first, where what is done cannot be undone. */
  typed?: string;
  children: ReactNode;
  onClose: () => void;
  onConfirm: () => Promise<unknown>;
}

/** Says what goes before it goes; stays open, and says why, when it could not be done. */
export function Confirm({ title, action, typed, children, onClose, onConfirm }: ConfirmProps) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    onConfirm().then(onClose, (error: Error) => {
      setProblem(error);
      setBusy(false);
    });
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="stack confirm" onSubmit={submit}>
        {children}
        {typed && (
          <label>
            Type <code>{typed}</code> to go on
            <input autoFocus value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" spellCheck={false} />
          </label>
        )}
        <Problem error={problem} />
        <div className="row end">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="danger" disabled={isBusy || (typed !== undefined && text !== typed)}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
