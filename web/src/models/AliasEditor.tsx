import { useState, type FormEvent } from "react";
import { Icon } from "../ui/Icon.tsx";

interface AliasEditorProps {
  aliases: readonly string[];
  version: number;
  /** Of the name, wherever they point: an alias that is moved is offered. */
  known: readonly string[];
  onSet: (alias: string) => void;
  onRemove: (alias: string) => void;
}

/** The aliases of a version; one that points elsewhere comes here when it is set. */
export function AliasEditor({ aliases, version, known, onSet, onRemove }: AliasEditorProps) {
  const [isAdding, setAdding] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSet(String(new FormData(event.currentTarget).get("alias")).trim());
    setAdding(false);
  };
  return (
    <span className="tags">
      {aliases.map((alias) => (
        <span key={alias} className="tag alias">
          @{alias}
          <button type="button" className="quiet" aria-label={`Remove alias ${alias}`} title={`Remove alias ${alias}`} onClick={() => onRemove(alias)}>
            <Icon name="close" />
          </button>
        </span>
      ))}
      {isAdding ? (
        <form className="row" onSubmit={submit}>
          <input name="alias" aria-label={`Alias of version ${version}`} list="aliases" placeholder="champion" required autoFocus size={12} pattern="[A-Za-z0-9_\-]+" title="Letters, digits, _ and -" />
          <datalist id="aliases">
            {known
              .filter((alias) => !aliases.includes(alias))
              .map((alias) => (
                <option key={alias} value={alias}>
                  {alias}
                </option>
              ))}
          </datalist>
          <button type="submit">Set</button>
          <button type="button" className="quiet" onClick={() => setAdding(false)} aria-label="Cancel">
            <Icon name="close" />
          </button>
        </form>
      ) : (
        <button type="button" className="quiet" onClick={() => setAdding(true)} aria-label={`Set an alias of version ${version}`}>
          <Icon name="plus" /> alias
        </button>
      )}
    </span>
  );
}
