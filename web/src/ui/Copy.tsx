import { useEffect, useState } from "react";
import { Icon } from "./Icon.tsx";

const shownMs = 1500;

/** Copies a text, and says that it did. */
export function Copy({ text, label = "Copy" }: { text: string; label?: string }) {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    const timer = isDone ? setTimeout(() => setDone(false), shownMs) : undefined;
    return () => clearTimeout(timer);
  }, [isDone]);
  return (
    <button type="button" className="quiet copy" title={label} aria-label={label} onClick={() => void copy(text).then(() => setDone(true))}>
      {isDone ? <span role="status">copied</span> : <Icon name="copy" />}
    </button>
  );
}

/** Without TLS browsers have no clipboard to write to: the old way selects a field. */
async function copy(text: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }

  const field = document.createElement("textarea");
  field.value = text;
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
