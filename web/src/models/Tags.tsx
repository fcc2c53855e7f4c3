import { useState, type FormEvent } from "react";
import type { Tag } from "../api/models.ts";
import { Icon } from "../ui/Icon.tsx";

interface TagsProps {
  tags: readonly Tag[];
  onSet: (tag: Tag) => void;
  onRemove: (key: string) => void;
}

/** Tags to be seen, set and removed. */
export function Tags({ tags, onSet, onRemove }: TagsProps) {
  const [isAdding, setAdding] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    onSet({ key: String(fields.get("key")).trim(), value: String(fields.get("value")).trim() });
    setAdding(false);
  };
  return (
    <div className="tags">
      {tags.map((tag) => (
        <span key={tag.key} className="tag">
          {`${tag.key}: ${tag.value}`}
          <button type="button" className="quiet" aria-label={`Remove tag ${tag.key}`} title={`Remove tag ${tag.key}`} onClick={() => onRemove(tag.key)}>
            <Icon name="close" />
          </button>
        </span>
      ))}
      {isAdding ? (
        <form className="row" onSubmit={submit}>
          <input name="key" aria-label="Key" placeholder="key" required autoFocus size={10} />
          <input name="value" aria-label="Value" placeholder="value" size={14} />
          <button type="submit">Set</button>
          <button type="button" className="quiet" onClick={() => setAdding(false)} aria-label="Cancel">
            <Icon name="close" />
          </button>
        </form>
      ) : (
        <button type="button" className="quiet" onClick={() => setAdding(true)}>
          <Icon name="plus" /> tag
        </button>
      )}
    </div>
  );
}
