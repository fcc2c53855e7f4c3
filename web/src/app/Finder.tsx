import { useDeferredValue, useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { Finding, FindingList } from "../api/finding.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";
import { places } from "./pages.ts";

/** The one field that finds anything: by the beginning of an id, by name, by tag, by path. */
export function Finder({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const { items, problem, isAsking } = useFindings(text.trim());
  const open = (item: Finding | undefined) => {
    if (item) {
      onClose();
      void navigate(item.path);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) {
      event.preventDefault();
      setAt((now) => (now + step + items.length) % Math.max(1, items.length));
    } else if (event.key === "Enter") {
      open(items[at]);
    }
  };
  return (
    <Dialog title="Find" onClose={onClose} className="finder" hidesTitle>
      <div className="field">
        <Icon name="search" />
        <input
          autoFocus
          type="search"
          role="combobox"
          aria-expanded="true"
          aria-controls="found"
          aria-activedescendant={items[at] && `found-${at}`}
          placeholder="An id's first digits, a name, a tag, a page, repo@branch:/path"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <Problem error={problem} />
      <ul id="found" role="listbox" aria-label="Found">
        {items.map((item, index) => (
          <li
            key={item.path}
            id={`found-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => open(item)}
            onMouseMove={() => setAt(index)}
          >
            <span className="kind">{item.kind}</span>
            <span className="title">{item.title}</span>
            <span className="hint">{item.hint}</span>
          </li>
        ))}
      </ul>
      {items.length === 0 && text && !isAsking && <p className="none">Nothing is called or tagged like this.</p>}
    </Dialog>
  );
}

function useFindings(text: string): { items: Finding[]; problem: Error | null; isAsking: boolean } {
  const asked = useDeferredValue(text);
  const found = useQuery({
    queryKey: ["find", asked],
    queryFn: ({ signal }) => ask<FindingList>(`/api/find${query({ q: asked })}`, signal),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  });
  const pages = places
    .filter((place) => place.title.toLowerCase().includes(text.toLowerCase()))
    .map((place) => ({ kind: "page", path: place.path, title: place.title, hint: `g ${place.key}` }));
  const items = text && found.data ? [...found.data.found, ...pages] : pages;
  return { items, problem: found.error, isAsking: found.isFetching };
}
