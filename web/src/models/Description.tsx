import { lazy, Suspense, useState, type FormEvent } from "react";
import { Icon } from "../ui/Icon.tsx";

const Markdown = lazy(() => import("../ui/Markdown.tsx"));

/** A text of people's, in Markdown, and changed in its place. */
export function Description({ text, onSave }: { text: string; onSave: (text: string) => void }) {
  const [isEditing, setEditing] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSave(String(new FormData(event.currentTarget).get("text")));
    setEditing(false);
  };
  if (!isEditing) {
    return (
      <div className="description">
        {text ? (
          <Suspense fallback={<p>{text}</p>}>
            <Markdown text={text} />
          </Suspense>
        ) : (
          <p className="hint">No description.</p>
        )}
        <button type="button" className="quiet" onClick={() => setEditing(true)} aria-label="Change the description" title="Change the description">
          <Icon name="edit" />
        </button>
      </div>
    );
  }

  return (
    <form className="stack" onSubmit={submit}>
      <textarea name="text" aria-label="Description" defaultValue={text} rows={4} autoFocus />
      <div className="row">
        <button type="submit" className="main">
          Save
        </button>
        <button type="button" onClick={() => setEditing(false)}>
          Cancel
        </button>
      </div>
    </form>
  );
}
